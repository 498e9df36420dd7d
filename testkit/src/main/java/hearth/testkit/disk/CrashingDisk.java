package hearth.testkit.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what would survive a power cut at this moment. It supports the operations that careful
 * programs use to save a file, and throws {@link UnsupportedOperationException} for any other.
 *
 * <p>It guarantees as little as POSIX does. The bytes of a file are safe when the file was forced, its name when its
 * folder was. Of unsafe bytes, any number from the first on may survive, followed by nothing or zeros; of unsafe names,
 * those that were changed first, as in a journal. At most one hundred bytes are written at once. Forced bytes stay safe
 * when more are appended.
 */
public final class CrashingDisk {

    /** Called for each step that changes the disk. An exception from {@code before} prevents the step. */
    public interface StepListener {

        StepListener NONE = new StepListener() {};

        default void before(String step) throws IOException {}

        default void after(String step) {}
    }

    /** A state of the disk that a restart may find after a power cut. */
    public static final class CrashState {

        private final int surviving;
        private final int unsafe;
        private final Set<String> folders;
        private final Map<String, String> contents;

        private CrashState(int surviving, int unsafe, Set<String> folders, Map<String, String> contents) {
            this.surviving = surviving;
            this.unsafe = unsafe;
            this.folders = folders;
            this.contents = contents;
        }

        /** A disk in this state. */
        public CrashingDisk disk() {
            return new CrashingDisk(folders, contents);
        }

        /** A description for messages. */
        public String description() {
            Map<String, Integer> lengths = new TreeMap<>();
            contents.forEach((name, content) -> lengths.put(name, content.length()));
            return "%d of %d names kept, bytes %s".formatted(surviving, unsafe, lengths);
        }
    }

    static final String ROOT = "/";

    /** The file or folder behind a name. */
    static final class Inode {
        final boolean folder;
        byte[] bytes = {};
        private byte[] safe = {};
        private int safeLength; // Appending keeps these bytes safe; truncating does not.

        Inode(boolean folder) {
            this.folder = folder;
        }

        void force() {
            safe = bytes;
            safeLength = bytes.length;
        }

        /** The partial contents that may survive. */
        private Set<String> torn() {
            Set<String> all = new LinkedHashSet<>();
            if (!Arrays.equals(safe, bytes)) {
                for (int length = safeLength; length < bytes.length; length++) {
                    byte[] torn = Arrays.copyOf(bytes, length);
                    all.add(text(torn));
                    all.add(text(Arrays.copyOf(torn, bytes.length)));
                }
            }
            return all;
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** A new name, and the name that it replaces, if any, in one step. */
    private record NameChange(
            String given, Inode inode, @Nullable String taken) {

        void applyTo(Map<String, Inode> names) {
            if (taken != null) {
                names.remove(taken);
            }
            names.put(given, inode);
        }
    }

    private final DiskFileSystem files = new DiskFileSystem(this);
    private final Map<String, Inode> names = new TreeMap<>();
    private final Map<String, Inode> safe = new TreeMap<>();
    private final List<NameChange> unsafe = new ArrayList<>();
    private final Set<String> read = new TreeSet<>();
    private StepListener listener = StepListener.NONE;
    private Set<String> ignored = Set.of();

    /** An empty disk. */
    public CrashingDisk() {}

    /** A path on this disk. */
    public Path path(String absolute) {
        return files.getPath(absolute);
    }

    /** A copy on which everything is safe. */
    public CrashingDisk copy() {
        return new CrashingDisk(foldersOf(names), contents());
    }

    /** Sets the listener for each step. */
    public CrashingDisk withListener(StepListener listener) {
        this.listener = listener;
        return this;
    }

    /**
     * Ignores requests to make data safe but reports success: a bad SD card, or a program that omits the request.
     *
     * @param verbs {@code force} for bytes, {@code sync} for names
     */
    public CrashingDisk ignoring(Set<String> verbs) {
        this.ignored = Set.copyOf(verbs);
        return this;
    }

    /** The names of the files that were read, without their folders. */
    public Set<String> read() {
        return read;
    }

    /** All names with their contents; the content of a folder is empty. */
    public Map<String, String> contents() {
        Map<String, String> all = new TreeMap<>();
        names.forEach((name, inode) -> all.put(name, Inode.text(inode.bytes)));
        return all;
    }

    /**
     * All states that a power cut now may leave, each once; the last is the state after a killed process. If several
     * files are unsafe, one of them survives in part, and the others completely or not at all.
     */
    public List<CrashState> crashStates() {
        Map<Map<String, String>, CrashState> all = new LinkedHashMap<>();
        for (int surviving = 0; surviving <= unsafe.size(); surviving++) {
            Map<String, Inode> survivors = new TreeMap<>(safe);
            unsafe.subList(0, surviving).forEach(change -> change.applyTo(survivors));
            survivors.keySet().removeIf(name -> !isReachable(name, survivors));
            Set<String> folders = foldersOf(survivors);
            for (Map<String, String> contents : remains(survivors)) {
                all.remove(contents);
                all.put(contents, new CrashState(surviving, unsafe.size(), folders, contents));
            }
        }
        return List.copyOf(all.values());
    }

    /**
     * The states that a restart can distinguish, if it never reads a new file ({@code .new}) but overwrites it: the
     * content of that file makes no difference then.
     */
    public static List<CrashState> distinct(List<CrashState> all) {
        Map<Map<String, String>, CrashState> different = new LinkedHashMap<>();
        for (CrashState each : all) {
            Map<String, String> contents = new HashMap<>(each.contents);
            contents.replaceAll((name, content) -> name.endsWith(".new") ? "" : content);
            different.putIfAbsent(contents, each);
        }
        return List.copyOf(different.values());
    }

    private CrashingDisk(Set<String> folders, Map<String, String> contents) {
        contents.forEach((name, content) -> {
            Inode inode = new Inode(folders.contains(name));
            inode.bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            inode.force();
            names.put(name, inode);
        });
        safe.putAll(names);
    }

    private static boolean isReachable(String name, Map<String, Inode> names) {
        String folder = folderOf(name);
        return folder.equals(ROOT) || (names.containsKey(folder) && isReachable(folder, names));
    }

    private static Set<String> foldersOf(Map<String, Inode> names) {
        Set<String> folders = new TreeSet<>();
        names.forEach((name, inode) -> {
            if (inode.folder) {
                folders.add(name);
            }
        });
        return folders;
    }

    private static List<Map<String, String>> remains(Map<String, Inode> survivors) {
        Map<String, String> nothing = new HashMap<>();
        Map<String, String> everything = new HashMap<>();
        survivors.forEach((name, inode) -> {
            nothing.put(name, Inode.text(inode.safe));
            everything.put(name, Inode.text(inode.bytes));
        });
        List<Map<String, String>> all = new ArrayList<>();
        all.add(nothing);
        survivors.forEach((name, inode) -> {
            for (String torn : inode.torn()) {
                all.add(with(name, torn, nothing));
                all.add(with(name, torn, everything));
            }
        });
        all.add(everything);
        return all;
    }

    private static Map<String, String> with(String name, String content, Map<String, String> contents) {
        Map<String, String> with = new HashMap<>(contents);
        with.put(name, content);
        return with;
    }

    // The operations of programs.

    void makeFolder(String name) throws IOException {
        if (names.containsKey(name) || name.equals(ROOT)) {
            throw new FileAlreadyExistsException(name);
        }
        folder(folderOf(name));
        step("make", name, () -> change(new NameChange(name, new Inode(true), null)));
    }

    Inode create(String name) throws IOException {
        folder(folderOf(name));
        Inode inode = new Inode(false);
        step("create", name, () -> change(new NameChange(name, inode, null)));
        return inode;
    }

    void truncate(String name, Inode file) throws IOException {
        step("truncate", name, () -> {
            file.bytes = new byte[0];
            file.safeLength = 0;
        });
    }

    void append(String name, Inode file, byte[] more) throws IOException {
        step("write", name, () -> {
            byte[] longer = Arrays.copyOf(file.bytes, file.bytes.length + more.length);
            System.arraycopy(more, 0, longer, file.bytes.length, more.length);
            file.bytes = longer;
        });
    }

    void move(String from, String to) throws IOException {
        Inode inode = existing(from);
        if (!folderOf(from).equals(folderOf(to))) {
            throw new UnsupportedOperationException("rename between folders: " + from + " to " + to);
        }
        step("rename", from + " to " + lastOf(to), () -> change(new NameChange(to, inode, from)));
    }

    void force(String name, Inode inode) throws IOException {
        String verb = inode.folder ? "sync" : "force";
        step(verb, name, () -> {
            if (ignored.contains(verb)) {
                return;
            }
            inode.force();
            if (inode.folder) {
                List<NameChange> here = unsafe.stream()
                        .filter(change -> folderOf(change.given).equals(name))
                        .toList();
                here.forEach(change -> change.applyTo(safe));
                unsafe.removeAll(here);
            }
        });
    }

    Inode existing(String name) throws IOException {
        Inode inode = name.equals(ROOT) ? new Inode(true) : names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        return inode;
    }

    byte[] read(String name, Inode file) throws IOException {
        if (file.folder) {
            throw new FileSystemException(name, null, "Is a directory");
        }
        read.add(lastOf(name));
        return file.bytes;
    }

    boolean exists(String name) {
        return name.equals(ROOT) || names.containsKey(name);
    }

    private void folder(String name) throws IOException {
        if (!existing(name).folder) {
            throw new FileSystemException(name, null, "Not a directory");
        }
    }

    private void change(NameChange change) {
        change.applyTo(names);
        unsafe.add(change);
    }

    private void step(String verb, String name, Runnable change) throws IOException {
        String step = verb + " " + lastOf(name);
        listener.before(step);
        change.run();
        listener.after(step);
    }

    private static String folderOf(String name) {
        return name.lastIndexOf('/') == 0 ? ROOT : name.substring(0, name.lastIndexOf('/'));
    }

    private static String lastOf(String name) {
        return name.equals(ROOT) ? name : name.substring(name.lastIndexOf('/') + 1);
    }
}
