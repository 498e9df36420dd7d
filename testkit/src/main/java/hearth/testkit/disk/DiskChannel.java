package hearth.testkit.disk;

import hearth.testkit.disk.CrashingDisk.Inode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file of a {@link CrashingDisk}: reads from the start or at a position, and appends. */
final class DiskChannel extends FileChannel {

    /** A program must not rely on more per write. */
    private static final int AT_ONCE = 100;

    private final CrashingDisk disk;
    private final String name;
    private final Inode file;
    private int position;

    DiskChannel(CrashingDisk disk, String name, Inode file) {
        this.disk = disk;
        this.name = name;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int length = read(to, position);
        position += Math.max(0, length);
        return length;
    }

    @Override
    public int read(ByteBuffer to, long from) throws IOException {
        byte[] bytes = disk.read(name, file);
        int length = (int) Math.min(bytes.length - from, to.remaining());
        if (length <= 0) {
            return -1;
        }
        to.put(bytes, (int) from, length);
        return length;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        byte[] bytes = new byte[Math.min(AT_ONCE, from.remaining())];
        from.duplicate().get(bytes);
        disk.append(name, file, bytes);
        from.position(from.position() + bytes.length);
        return bytes.length;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.force(name, file);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return file.bytes.length;
    }

    @Override
    protected void implCloseChannel() {}

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
