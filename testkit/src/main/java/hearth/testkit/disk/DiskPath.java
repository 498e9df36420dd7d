package hearth.testkit.disk;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path on a {@link CrashingDisk}; it uses a path of this machine for its names. */
record DiskPath(DiskFileSystem files, Path names) implements Path {

    private Path of(Path other) {
        return new DiskPath(files, other);
    }

    private @Nullable Path ofNullable(@Nullable Path other) {
        return other == null ? null : of(other);
    }

    private static Path namesOf(Path path) {
        return ((DiskPath) path).names;
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return names.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return ofNullable(names.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return ofNullable(names.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return ofNullable(names.getParent());
    }

    @Override
    public int getNameCount() {
        return names.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return of(names.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return of(names.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return names.startsWith(namesOf(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return names.endsWith(namesOf(other));
    }

    @Override
    public Path normalize() {
        return of(names.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return of(names.resolve(namesOf(other)));
    }

    @Override
    public Path relativize(Path other) {
        return of(names.relativize(namesOf(other)));
    }

    @Override
    public URI toUri() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path toAbsolutePath() {
        return of(Path.of(CrashingDisk.ROOT).resolve(names));
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return names.compareTo(namesOf(other));
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
