package spool;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Messages to and from the runner; see channel.ts. */
final class Channel implements AutoCloseable {
    private final DataInputStream in;
    private final FileOutputStream out;

    Channel() throws ReflectiveOperationException {
        in = new DataInputStream(new FileInputStream(descriptor(3)));
        out = new FileOutputStream(descriptor(4));
    }

    /** Opening /proc/self/fd/3 anew would wait for a writer that may have gone already. */
    private static FileDescriptor descriptor(int number) throws ReflectiveOperationException {
        Constructor<FileDescriptor> make = FileDescriptor.class.getDeclaredConstructor(int.class);
        make.setAccessible(true);
        return make.newInstance(number);
    }

    byte[] receive() throws IOException {
        byte[] head = in.readNBytes(5);
        if (head.length < 5) Runtime.getRuntime().halt(0);
        int length = (head[0] & 255) | (head[1] & 255) << 8 | (head[2] & 255) << 16 | (head[3] & 255) << 24;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) Runtime.getRuntime().halt(0);
        return payload;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> receiveJson() throws IOException {
        return (Map<String, Object>) Json.parse(new String(receive(), StandardCharsets.UTF_8));
    }

    void send(String json) throws IOException {
        send('J', json.getBytes(StandardCharsets.UTF_8));
    }

    void send(char kind, byte[] payload) throws IOException {
        int length = payload.length;
        byte[] message = new byte[length + 5];
        for (int index = 0; index < 4; index++) message[index] = (byte) (length >> 8 * index);
        message[4] = (byte) kind;
        System.arraycopy(payload, 0, message, 5, length);
        out.write(message);
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}
