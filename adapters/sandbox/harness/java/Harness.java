package spool;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a candidate's Java inside the sandbox: takes a job and its classes over descriptor 3, answers over descriptor 4. It
 * holds no expected values; what a program does to it can only make its own answers worse.
 */
public final class Harness {
    private static final Path WORK = Path.of("/box/work");
    /** Deep recursion is a fair answer; the heap's limit still holds. */
    private static final long STACK_BYTES = 16L << 20;
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private Harness() {}

    /** The candidate's own classes come before those of the harness, so that their ListNode is theirs. */
    private static final class Classes extends ClassLoader {
        final Map<String, byte[]> bytes = new HashMap<>();
        final List<String> names = new ArrayList<>();

        Classes(byte[] blob) throws IOException {
            super(Harness.class.getClassLoader());
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(blob));
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                names.add(name);
                bytes.put(name, in.readNBytes(in.readInt()));
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] own = bytes.get(name);
            if (own == null) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defineClass(name, own, 0, own.length);
            }
        }

        /** By simple name: where it lies in a package does not matter. */
        Class<?> find(String simple) throws ClassNotFoundException {
            for (String name : names) if (name.equals(simple) || name.endsWith("." + simple)) return loadClass(name);
            return null;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Channel channel = new Channel();
        // What is used for every job is loaded while nobody waits.
        Values.from(Json.parse("[[1,2.5],[\"a\",true]]"), Object.class);
        new Values.Writer().write(List.of(1, "a", Map.of("b", 2.5)));
        Map<String, Object> job = channel.receiveJson();
        Classes classes = new Classes(channel.receive());
        try {
            for (Object each : (List<?>) job.get("files")) {
                Map<?, ?> file = (Map<?, ?>) each;
                Path path = WORK.resolve((String) file.get("path"));
                Files.createDirectories(path.getParent());
                Files.writeString(path, (String) file.get("content"));
            }
        } catch (IOException error) {
            channel.send(failure("\"type\":\"load\"", error));
            Runtime.getRuntime().halt(1);
        }
        boolean program = "program".equals(job.get("mode"));
        Thread thread = new Thread(null, () -> {
            try {
                if (program) program(channel, job, classes);
                else tests(channel, job, classes);
            } catch (IOException error) {
                Runtime.getRuntime().halt(1);
            }
        }, "main", STACK_BYTES);
        thread.setContextClassLoader(classes);
        thread.start();
    }

    private static void program(Channel channel, Map<String, Object> job, Classes classes) throws IOException {
        channel.close();
        try {
            Method main = mainMethod(classes, (String) job.get("mainClass"));
            if (main == null) {
                System.err.println("There is no method \"public static void main(String[] args)\".");
                System.exit(1);
            }
            main.setAccessible(true);
            main.invoke(null, (Object) ((List<?>) job.get("args")).toArray(String[]::new));
        } catch (InvocationTargetException wrapped) {
            System.out.flush();
            System.err.print("Exception in thread \"main\" " + words(wrapped.getCause()) + "\n");
            System.exit(1);
        } catch (Throwable error) {
            System.err.print("Exception in thread \"main\" " + words(error) + "\n");
            System.exit(1);
        }
    }

    private static Method mainMethod(Classes classes, String preferred) throws ClassNotFoundException {
        List<String> names = new ArrayList<>(classes.names);
        names.sort(Comparator.comparing((String name) -> !name.equals(preferred) && !name.endsWith("." + preferred)));
        for (String name : names) {
            try {
                Method main = classes.loadClass(name).getDeclaredMethod("main", String[].class);
                if (Modifier.isStatic(main.getModifiers())) return main;
            } catch (NoSuchMethodException none) {
                // The next class.
            }
        }
        return null;
    }

    private static void tests(Channel channel, Map<String, Object> job, Classes classes) throws IOException {
        Method method;
        Constructor<?> make = null;
        try {
            Map<?, ?> entry = (Map<?, ?>) job.get("entry");
            Class<?> owner = classes.find((String) entry.get("owner"));
            if (owner == null) throw new Values.Unanswerable("There is no class " + entry.get("owner") + ".");
            method = method(owner, (String) entry.get("name"));
            method.setAccessible(true);
            if (!Modifier.isStatic(method.getModifiers())) {
                make = owner.getDeclaredConstructor();
                make.setAccessible(true);
            }
            Class.forName(owner.getName(), true, classes);
        } catch (NoSuchMethodException error) {
            channel.send(failure("\"type\":\"load\"", new Values.Unanswerable("The class needs a constructor without parameters, or a static method.")));
            return;
        } catch (Throwable error) {
            channel.send(failure("\"type\":\"load\"", error));
            return;
        }
        channel.send("{\"type\":\"load\",\"ok\":true}");
        for (;;) {
            Map<String, Object> message = channel.receiveJson();
            if (message.get("mark") instanceof String mark) mark(mark);
            if (!message.containsKey("input")) continue;
            String id = "\"id\":" + ((Json.Num) message.get("id")).text();
            String reply;
            try {
                Values.Writer answer = new Values.Writer();
                Object value = call(method, make, (List<?>) message.get("input"));
                // An empty list or tree is no node at all.
                answer.write(value == null && Values.isNode(method.getReturnType()) ? List.of() : value);
                reply = "{" + id + ",\"ok\":true,\"special\":" + answer.special + ",\"value\":" + answer.text + "}";
            } catch (Throwable error) {
                reply = failure(id, error);
            }
            channel.send(reply);
        }
    }

    private static Object call(Method method, Constructor<?> make, List<?> input) throws Throwable {
        Type[] types = method.getGenericParameterTypes();
        if (types.length != input.size()) throw new Values.Unanswerable("The method takes " + types.length + (types.length == 1 ? " value" : " values") + " and the test gives " + input.size() + ".");
        Object[] values = new Object[types.length];
        for (int index = 0; index < types.length; index++) values[index] = Values.from(input.get(index), types[index]);
        try {
            // A fresh object per test, so that one test's state is not the next one's.
            return method.invoke(make == null ? null : make.newInstance(), values);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getCause();
        }
    }

    private static Method method(Class<?> owner, String name) {
        return Arrays.stream(owner.getDeclaredMethods())
            .filter(each -> each.getName().equals(name) && !each.isSynthetic())
            .min(Comparator.comparing((Method each) -> !Modifier.isPublic(each.getModifiers())).thenComparing(Method::toString))
            .orElseThrow(() -> new Values.Unanswerable("There is no method " + owner.getSimpleName() + "." + name + "."));
    }

    private static void mark(String marker) throws IOException {
        System.out.flush();
        System.err.flush();
        OUT.flush();
        ERR.flush();
        byte[] bytes = marker.getBytes(StandardCharsets.UTF_8);
        for (FileDescriptor descriptor : new FileDescriptor[] {FileDescriptor.out, FileDescriptor.err}) {
            try {
                new FileOutputStream(descriptor).write(bytes);
            } catch (IOException closed) {
                // Its output is closed.
            }
        }
    }

    private static String failure(String head, Throwable error) {
        StringBuilder out = new StringBuilder("{").append(head).append(",\"ok\":false,\"error\":");
        String words = error instanceof Values.Unanswerable ? error.getMessage() : words(error);
        Json.quote(out, words.length() > 4000 ? words.substring(0, 4000) : words);
        String kind = error instanceof OutOfMemoryError && words.contains("native thread") ? "processes" : error instanceof OutOfMemoryError ? "memory" : words.contains("No space left on device") ? "disk" : null;
        if (kind != null) out.append(",\"kind\":\"").append(kind).append('"');
        return out.append('}').toString();
    }

    /** The stack trace without the harness and without reflection. */
    private static String words(Throwable error) {
        StringBuilder out = new StringBuilder();
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each != error) out.append("\nCaused by: ");
            String head;
            try {
                head = each.toString();
            } catch (Throwable broken) {
                head = each.getClass().getName();
            }
            out.append(head);
            int lines = 0;
            for (StackTraceElement frame : each.getStackTrace()) {
                String name = frame.getClassName();
                if (name.startsWith("spool.") || name.startsWith("jdk.internal.reflect.") || name.startsWith("java.lang.reflect.")) continue;
                if (name.equals("java.lang.Thread") && frame.getMethodName().equals("run")) continue;
                if (++lines > 12) break;
                out.append("\n    at ").append(frame.toString().replaceFirst("^(?:app//|java\\.base/)", ""));
            }
            if (out.length() > 8000) break;
        }
        return out.toString();
    }
}
