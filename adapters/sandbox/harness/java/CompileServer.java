package spool;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A compiler that stays warm: sources in, classes out, all in memory, no annotation processors. It only reads what candidates
 * wrote and never loads a class of theirs.
 */
public final class CompileServer {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final String WARM_UP = "import java.util.*; import java.util.stream.*; public class Warm { record P(int a, String b) {} enum E { A } interface F<T> { T f(T t); } "
        + "public static int f(int[] n, List<String> s) { Map<String, Integer> m = new HashMap<>(); for (int x : n) m.merge(\"\" + x, 1, Integer::sum); var q = new PriorityQueue<int[]>((a, b) -> a[0] - b[0]); "
        + "StringBuilder o = new StringBuilder(); for (String t : s.stream().filter(v -> !v.isEmpty()).map(String::trim).collect(Collectors.toList())) o.append(t); try { Deque<Integer> d = new ArrayDeque<>(); d.push(1); } catch (RuntimeException e) { throw e; } finally { o.reverse(); } "
        + "switch (n.length) { case 0: return 1; default: } F<Integer> g = x -> x + 1; return g.f(q.size()) + m.getOrDefault(o.toString(), 0); } static class Node { int val; Node next; } }";

    private CompileServer() {}

    private static final class Source extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Source(String path, String text) {
            super(URI.create("mem:///" + path.replaceAll("[^A-Za-z0-9_/.$-]", "_")), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        /** The file may be called anything: the tests name the class by what is public in it. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public String getName() {
            return path;
        }

        String binaryName() {
            return path.substring(0, path.length() - ".java".length()).replace('/', '.');
        }
    }

    private static final class Made extends SimpleJavaFileObject {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Made(String name) {
            super(URI.create("mem:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, Made> made = new LinkedHashMap<>();
        final List<Source> sources = new ArrayList<>();

        Memory(JavaFileManager system) {
            super(system);
        }

        @Override
        public boolean hasLocation(Location location) {
            return location == StandardLocation.SOURCE_PATH || super.hasLocation(location);
        }

        /** Other files of the session are read when the main one needs them: one that is broken and unused disturbs nobody. */
        @Override
        public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
            if (location != StandardLocation.SOURCE_PATH) return super.list(location, packageName, kinds, recurse);
            List<JavaFileObject> found = new ArrayList<>();
            if (kinds.contains(JavaFileObject.Kind.SOURCE)) {
                for (Source each : sources) {
                    String name = each.binaryName();
                    int dot = name.lastIndexOf('.');
                    if (packageName.equals(dot < 0 ? "" : name.substring(0, dot))) found.add(each);
                }
            }
            return found;
        }

        @Override
        public String inferBinaryName(Location location, JavaFileObject file) {
            return file instanceof Source source ? source.binaryName() : super.inferBinaryName(location, file);
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a instanceof Source || b instanceof Source ? a == b : super.isSameFile(a, b);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return made.computeIfAbsent(name, Made::new);
        }
    }

    private static Memory compile(JavaFileManager system, Source main, List<Source> others, StringWriter words, boolean[] succeeded) {
        Memory memory = new Memory(system);
        memory.sources.addAll(others);
        succeeded[0] = COMPILER.getTask(words, memory, null, List.of("-proc:none", "-nowarn", "-g", "-implicit:class", "-Xprefer:source", "-Xmaxerrs", "20", "-XDuseUnsharedTable=true"), null, List.of(main)).call();
        return memory;
    }

    public static void main(String[] arguments) throws Exception {
        Channel channel = new Channel();
        JavaFileManager system = COMPILER.getStandardFileManager(null, null, null);
        for (int round = 0; round < 6; round++) compile(system, new Source("Warm.java", WARM_UP), List.of(), new StringWriter(), new boolean[1]);
        channel.send("{\"ready\":true}");
        for (;;) {
            Map<String, Object> job = channel.receiveJson();
            Source main = null;
            List<Source> others = new ArrayList<>();
            for (Object each : (List<?>) job.get("files")) {
                Map<?, ?> file = (Map<?, ?>) each;
                String path = (String) file.get("path");
                if (!path.endsWith(".java")) continue;
                Source source = new Source(path, (String) file.get("content"));
                if (path.equals(job.get("main"))) main = source;
                else others.add(source);
            }
            StringWriter words = new StringWriter();
            boolean[] succeeded = new boolean[1];
            Memory memory;
            try {
                memory = compile(system, main, others, words, succeeded);
            } catch (OutOfMemoryError error) {
                throw error;
            } catch (Throwable error) {
                // The compiler itself failed, e.g. on nesting without end.
                Throwable cause = error.getCause() == null ? error : error.getCause();
                words.write("error: the compiler gave up: " + cause.getClass().getSimpleName() + "\n");
                memory = null;
            }
            StringBuilder reply = new StringBuilder("{\"exit\":").append(succeeded[0] ? 0 : 1).append(",\"stderr\":");
            String text = words.toString();
            Json.quote(reply, text.length() > 100_000 ? text.substring(0, 100_000) : text);
            channel.send(reply.append('}').toString());
            if (!succeeded[0]) continue;
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(blob);
            out.writeInt(memory.made.size());
            for (Map.Entry<String, Made> each : memory.made.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeInt(each.getValue().bytes.size());
                each.getValue().bytes.writeTo(out);
            }
            channel.send('B', blob.toByteArray());
        }
    }
}
