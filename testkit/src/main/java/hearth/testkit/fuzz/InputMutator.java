package hearth.testkit.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Mutates valid input as chance, a bad line or an attacker would: flipped bits, lost, repeated and moved pieces, two
 * inputs spliced, known harmful words inserted. The same seed gives the same inputs.
 */
public final class InputMutator {

    private static final int NOISE_ONE_IN = 8;
    private static final int MAX_NOISE = 100;
    private static final int MAX_CHANGES = 4;

    /** A little more than any reader accepts. */
    private static final int MAX_LENGTH = 5000;

    private final Random random;
    private final List<byte[]> models;
    private final List<byte[]> words;

    /** @param words texts to insert unchanged */
    public InputMutator(long seed, List<byte[]> models, List<String> words) {
        this.random = new Random(seed);
        this.models = List.copyOf(models);
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The stored inputs of a target in {@code src/test/corpus}, ordered by name. */
    public static List<byte[]> corpus(String name) {
        try (Stream<Path> files = Files.list(JazzerRun.corpus(name))) {
            return files.sorted().map(InputMutator::content).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] next() {
        if (random.nextInt(NOISE_ONE_IN) == 0) {
            byte[] bytes = new byte[random.nextInt(MAX_NOISE)];
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] input = one(models).clone();
        for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length <= MAX_LENGTH ? input : Arrays.copyOf(input, MAX_LENGTH);
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = at + random.nextInt(input.length - at + 1);
        return switch (random.nextInt(9)) {
            case 0 -> withByte(input, b -> (byte) (b ^ (1 << random.nextInt(8))));
            case 1 -> withByte(input, b -> (byte) random.nextInt(256));
            case 2 -> withByte(input, b -> (byte) (' ' + random.nextInt('~' - ' ')));
            case 3 -> joined(input, at, new byte[0], end);
            case 4 -> joined(input, at, Arrays.copyOfRange(input, at, end), at);
            case 5 -> joined(input, at, one(words), at);
            case 6 -> joined(input, at, one(words), end);
            case 7 -> spliced(input, at, one(models));
            default -> joined(input, at, manyTimes(Arrays.copyOfRange(input, at, end)), end);
        };
    }

    private interface ByteMutation {
        byte of(byte before);
    }

    private byte[] withByte(byte[] input, ByteMutation change) {
        if (input.length > 0) {
            int at = random.nextInt(input.length);
            input[at] = change.of(input[at]);
        }
        return input;
    }

    private byte[] spliced(byte[] input, int at, byte[] other) {
        int from = random.nextInt(other.length + 1);
        return joined(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
    }

    private byte[] manyTimes(byte[] piece) {
        int times = piece.length == 0 ? 0 : random.nextInt(Math.min(64, 1 + MAX_LENGTH / piece.length));
        byte[] all = new byte[piece.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    /** The input up to {@code to}, then {@code middle}, then the input from {@code rest} on. */
    private static byte[] joined(byte[] input, int to, byte[] middle, int rest) {
        byte[] all = new byte[to + middle.length + input.length - rest];
        System.arraycopy(input, 0, all, 0, to);
        System.arraycopy(middle, 0, all, to, middle.length);
        System.arraycopy(input, rest, all, to + middle.length, input.length - rest);
        return all;
    }

    private byte[] one(List<byte[]> many) {
        return many.get(random.nextInt(many.size()));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
