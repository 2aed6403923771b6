/*
 * Puts a system-call filter before a program where no sandbox does: `filter <descriptor> <program> <arguments…>`. The
 * descriptor holds the filter as the kernel takes it. Whatever cannot be done ends it with 97.
 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#define MAX_INSTRUCTIONS 4096

int main(int count, char **arguments) {
  static struct sock_filter instructions[MAX_INSTRUCTIONS];
  if (count < 3) return 97;
  int fd = atoi(arguments[1]);
  /* From the start: the descriptor is shared by all that were started with it. */
  ssize_t bytes = pread(fd, instructions, sizeof instructions, 0);
  if (bytes <= 0 || bytes % (ssize_t)sizeof *instructions != 0) return 97;
  close(fd);
  struct sock_fprog program = {.len = (unsigned short)((size_t)bytes / sizeof *instructions), .filter = instructions};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return 97;
  execv(arguments[2], arguments + 2);
  return 127;
}
