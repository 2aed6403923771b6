/*
 * Waits inside the sandbox for one job, then becomes the program (or runs the compiler and hands out what it made).
 * The job is one message on descriptor 3 (see channel.ts): a list of byte strings, each a length (u32, little endian) and
 * its bytes: mode, program, number of files, then path and content of each, then the arguments.
 *
 *   program  the bytes become an executable that is run with the arguments; the channel is closed
 *   tests    the same, but the channel stays open for the harness inside the program
 *   compile  the first argument is the file to hand out, the rest a command: its exit code as JSON, then the file's bytes
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORK "/box/work/"
#define PROGRAM "/box/program"
#define MAX_OUTPUT (16 * 1024 * 1024)

extern char **environ;

static void read_exactly(int fd, char *to, size_t count) {
  while (count > 0) {
    ssize_t got = read(fd, to, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) _exit(0);
    to += got;
    count -= (size_t)got;
  }
}

static int write_all(int fd, const char *from, size_t count) {
  while (count > 0) {
    ssize_t put = write(fd, from, count);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return -1;
    from += put;
    count -= (size_t)put;
  }
  return 0;
}

static uint32_t number_at(const char *at) {
  const unsigned char *bytes = (const unsigned char *)at;
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void send_message(char kind, const char *bytes, size_t count) {
  char head[5] = {(char)count, (char)(count >> 8), (char)(count >> 16), (char)(count >> 24), kind};
  if (write_all(4, head, 5) == 0) write_all(4, bytes, count);
}

static void refuse(const char *what) {
  char words[400];
  int length = snprintf(words, sizeof words, "{\"type\":\"load\",\"ok\":false,\"error\":\"%s: %s\"%s}", what, strerror(errno), errno == ENOSPC ? ",\"kind\":\"disk\"" : "");
  send_message('J', words, (size_t)length);
  _exit(1);
}

/* The next byte string of the job; it is followed by a byte that becomes its end. */
static char *job, *job_end;
static char *take(uint32_t *length) {
  if (job + 4 > job_end) _exit(2);
  uint32_t count = number_at(job);
  char *bytes = job + 4;
  if (count > (size_t)(job_end - bytes)) _exit(2);
  job = bytes + count;
  if (length) *length = count;
  return bytes;
}

static char *text(void) {
  uint32_t length;
  char *bytes = take(&length);
  char *copy = malloc((size_t)length + 1);
  if (!copy) _exit(2);
  memcpy(copy, bytes, length);
  copy[length] = 0;
  return copy;
}

static void write_file(const char *path, const char *bytes, size_t count, mode_t mode) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
  if (fd < 0 || write_all(fd, bytes, count) != 0) refuse("A file could not be written");
  close(fd);
}

static void make_folders(char *path) {
  for (char *at = path + sizeof WORK - 1; *at; at++) {
    if (*at != '/') continue;
    *at = 0;
    mkdir(path, 0755);
    *at = '/';
  }
}

static void compile(char **arguments) {
  const char *output = arguments[0];
  pid_t child = fork();
  if (child == 0) {
    close(3);
    close(4);
    execve(arguments[1], arguments + 1, environ);
    _exit(127);
  }
  int status = 0;
  if (child < 0) refuse("The compiler could not be started");
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  char words[80];
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  send_message('J', words, (size_t)snprintf(words, sizeof words, "{\"exit\":%d}", code));
  if (code != 0) _exit(0);
  int fd = open(output, O_RDONLY | O_NOFOLLOW);
  struct stat stat;
  if (fd < 0 || fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_size > MAX_OUTPUT) _exit(3);
  char *bytes = malloc((size_t)stat.st_size);
  if (!bytes) _exit(2);
  read_exactly(fd, bytes, (size_t)stat.st_size);
  send_message('B', bytes, (size_t)stat.st_size);
  _exit(0);
}

int main(void) {
  char head[5];
  read_exactly(3, head, 5);
  uint32_t length = number_at(head);
  job = malloc((size_t)length + 1);
  if (!job) _exit(2);
  read_exactly(3, job, length);
  job_end = job + length;

  char *mode = text();
  uint32_t program_length;
  char *program = take(&program_length);
  long files = strtol(text(), NULL, 10);
  for (long index = 0; index < files; index++) {
    char *name = text();
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, WORK "%s", name) >= (int)sizeof path) refuse("A path is too long");
    make_folders(path);
    uint32_t count;
    char *content = take(&count);
    write_file(path, content, count, 0644);
  }
  char **arguments = calloc(4100, sizeof *arguments);
  if (!arguments) _exit(2);
  int count = 0;
  while (job < job_end && count < 4096) arguments[count++] = text();

  if (chdir(WORK) != 0) _exit(2);
  if (strcmp(mode, "compile") == 0) compile(arguments);
  write_file(PROGRAM, program, program_length, 0755);
  if (strcmp(mode, "program") == 0) {
    close(3);
    close(4);
  }
  execve(PROGRAM, arguments, environ);
  _exit(127);
}
