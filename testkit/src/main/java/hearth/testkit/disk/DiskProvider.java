package hearth.testkit.disk;

import hearth.testkit.disk.CrashingDisk.Inode;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/** The operations of {@code java.nio.file.Files} on a {@link CrashingDisk}. */
final class DiskProvider extends FileSystemProvider {

    private static final Set<OpenOption> TO_READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> TO_WRITE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    private static final Set<OpenOption> TO_APPEND = Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final Set<CopyOption> IN_ONE_GO =
            Set.of(StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    private final CrashingDisk disk;

    DiskProvider(CrashingDisk disk) {
        this.disk = disk;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        String name = name(path);
        if (options.isEmpty() || options.equals(TO_READ) || options.equals(TO_APPEND)) {
            return new DiskChannel(disk, name, disk.existing(name));
        }
        if (!options.equals(TO_WRITE)) {
            throw new UnsupportedOperationException("opened with " + options);
        }
        if (!disk.exists(name)) {
            return new DiskChannel(disk, name, disk.create(name));
        }
        Inode file = disk.existing(name);
        disk.truncate(name, file);
        return new DiskChannel(disk, name, file);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        disk.makeFolder(name(path));
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        if (!Set.of(options).equals(IN_ONE_GO)) {
            throw new UnsupportedOperationException("not atomic: after a power cut neither file may exist");
        }
        disk.move(name(from), name(to));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (!disk.exists(name(path))) {
            throw new NoSuchFileException(name(path));
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return type.cast(new Attributes(disk.existing(name(path))));
    }

    private static String name(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private record Attributes(Inode inode) implements BasicFileAttributes {

        @Override
        public boolean isDirectory() {
            return inode.folder;
        }

        @Override
        public boolean isRegularFile() {
            return !inode.folder;
        }

        @Override
        public long size() {
            return inode.bytes.length;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime creationTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public Object fileKey() {
            return inode;
        }
    }

    @Override
    public String getScheme() {
        return "crashing-disk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
