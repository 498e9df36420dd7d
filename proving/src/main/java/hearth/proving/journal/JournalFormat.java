package hearth.proving.journal;

import hearth.proving.journal.JournalEvent.Booted;
import hearth.proving.journal.JournalEvent.DeliverySettled;
import hearth.proving.journal.JournalEvent.FixRead;
import hearth.proving.journal.JournalEvent.InjectedFault;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.proving.journal.JournalEvent.MessageReceived;
import hearth.proving.journal.JournalEvent.OutputDriven;
import hearth.proving.journal.JournalEvent.PowerCut;
import hearth.proving.journal.JournalEvent.SaveFinished;
import hearth.proving.journal.JournalEvent.SaveRequested;
import hearth.proving.journal.JournalEvent.SensorRead;
import hearth.proving.journal.JournalEvent.WallClockRead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A journal as text: one line per entry, with fields separated by tabs, such as {@code 61000 airco says airco/action 1
 * true - heating}. Tabs, line breaks and backslashes inside a field are escaped. The words of the format, such as
 * {@code says}, must not change: recorded journals have them.
 */
public final class JournalFormat {

    private static final String NEVER = "-";
    private static final int DECIMALS = 7;
    private static final long UNITS = 10_000_000;

    private JournalFormat() {}

    /** Appends the line of the entry with its line break. */
    public static void write(JournalEntry entry, StringBuilder text) {
        text.append(entry.at().toMillis()).append('\t').append(entry.node()).append('\t');
        JournalEvent event = entry.event();
        if (event instanceof SensorRead read) {
            text.append("read\t");
            if (read.celsius().isPresent()) {
                writeDecimal(text, read.celsius().getAsDouble());
            } else {
                writeEscaped(text, read.code());
            }
        } else if (event instanceof MessagePublished message) {
            writeEscaped(text.append("says\t"), message.topic());
            text.append('\t').append(message.qos()).append('\t').append(message.retained());
            text.append('\t')
                    .append(message.expiresAtMs() == Long.MAX_VALUE ? NEVER : Long.toString(message.expiresAtMs()));
            writeEscaped(text.append('\t'), message.payload());
        } else if (event instanceof MessageReceived received) {
            writeEscaped(text.append("hears\t"), received.topic());
            text.append('\t').append(received.retained()).append('\t').append(received.lifetimeS());
            text.append('\t').append(received.remainingS());
            writeEscaped(text.append('\t'), received.payload());
        } else if (event instanceof DeliverySettled settled) {
            text.append("settled\t").append(settled.number()).append('\t').append(settled.delivered());
        } else if (event instanceof FixRead fix) {
            writeDecimal(text.append("fix\t"), fix.latitudeDeg());
            writeDecimal(text.append('\t'), fix.longitudeDeg());
            writeDecimal(text.append('\t'), fix.errorM());
        } else if (event instanceof OutputDriven driven) {
            text.append("drives\t").append(driven.pin()).append('\t').append(driven.on() ? "on" : "off");
            text.append('\t').append(driven.succeeded());
        } else if (event instanceof SaveRequested request) {
            savedEntries(text.append("keeps"), request.entries());
        } else if (event instanceof SaveFinished save) {
            text.append("stored\t").append(save.onDisk());
        } else if (event instanceof WallClockRead clock) {
            text.append("looks\t").append(clock.time().orElse(NEVER));
        } else if (event instanceof Booted booted) {
            writeBooted(text, booted);
        } else if (event instanceof PowerCut) {
            text.append("dies");
        } else if (event instanceof InjectedFault fault) {
            writeEscaped(text.append("mishap\t"), fault.kind());
            writeEscaped(text.append('\t'), fault.detail());
        }
        text.append('\n');
    }

    /** @throws IllegalArgumentException if the line does not have this format */
    public static JournalEntry read(String line) {
        String[] words = line.split("\t", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = unescape(words[i]);
        }
        try {
            return new JournalEntry(Duration.ofMillis(Long.parseLong(words[0])), words[1], readEvent(words));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("expected a journal line, found: " + line, e);
        }
    }

    private static JournalEvent readEvent(String[] words) {
        return switch (words[2]) {
            case "read" -> readReading(words[3]);
            case "says" ->
                new MessagePublished(
                        words[3],
                        words[7],
                        Integer.parseInt(words[4]),
                        Boolean.parseBoolean(words[5]),
                        words[6].equals(NEVER) ? Long.MAX_VALUE : Long.parseLong(words[6]));
            case "hears" ->
                new MessageReceived(
                        words[3],
                        words[7],
                        Boolean.parseBoolean(words[4]),
                        Long.parseLong(words[5]),
                        Long.parseLong(words[6]));
            case "settled" -> new DeliverySettled(Long.parseLong(words[3]), Boolean.parseBoolean(words[4]));
            case "fix" ->
                new FixRead(Double.parseDouble(words[3]), Double.parseDouble(words[4]), Double.parseDouble(words[5]));
            case "drives" ->
                new OutputDriven(Integer.parseInt(words[3]), words[4].equals("on"), Boolean.parseBoolean(words[5]));
            case "keeps" -> new SaveRequested(savedEntries(words, 3));
            case "stored" -> new SaveFinished(Boolean.parseBoolean(words[3]));
            case "looks" -> new WallClockRead(words[3].equals(NEVER) ? Optional.empty() : Optional.of(words[3]));
            case "boots" -> readBooted(words);
            case "dies" -> new PowerCut();
            case "mishap" -> new InjectedFault(words[3], words[4]);
            default -> throw new IllegalArgumentException("unknown event in a journal line: " + words[2]);
        };
    }

    private static void writeBooted(StringBuilder text, Booted booted) {
        writeEscaped(text.append("boots\t"), booted.id());
        text.append('\t').append(booted.clockOffsetMs()).append('\t').append(booted.stateLost());
        text.append('\t').append(booted.settings().size());
        booted.settings().forEach(line -> writeEscaped(text.append('\t'), line));
        savedEntries(text, booted.savedState());
    }

    private static Booted readBooted(String[] words) {
        int lines = Integer.parseInt(words[6]);
        List<String> settings = new ArrayList<>(List.of(words).subList(7, 7 + lines));
        return new Booted(
                words[3],
                Long.parseLong(words[4]),
                Boolean.parseBoolean(words[5]),
                savedEntries(words, 7 + lines),
                settings);
    }

    private static SensorRead readReading(String word) {
        boolean number = !word.isEmpty() && (Character.isDigit(word.charAt(0)) || word.charAt(0) == '-');
        return number
                ? new SensorRead(OptionalDouble.of(Double.parseDouble(word)), "")
                : new SensorRead(OptionalDouble.empty(), word);
    }

    /** Seven decimals: a centimetre for degrees. Not {@code Double.toString}, whose format changed in Java 19. */
    private static void writeDecimal(StringBuilder text, double number) {
        long units = Math.round(Math.abs(number) * UNITS);
        text.append(number < 0 ? "-" : "").append(units / UNITS).append('.');
        String fraction = Long.toString(units % UNITS);
        text.append("0".repeat(DECIMALS - fraction.length())).append(fraction);
    }

    private static void savedEntries(StringBuilder text, Map<String, String> entries) {
        entries.forEach((key, value) -> {
            writeEscaped(text.append('\t'), key);
            writeEscaped(text.append('\t'), value);
        });
    }

    private static Map<String, String> savedEntries(String[] words, int from) {
        Map<String, String> entries = new TreeMap<>();
        for (int i = from; i < words.length; i += 2) {
            entries.put(words[i], words[i + 1]);
        }
        return entries;
    }

    private static void writeEscaped(StringBuilder text, String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    private static String unescape(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        StringBuilder plain = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (escaped) {
                plain.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
            } else if (c != '\\') {
                plain.append(c);
            }
            escaped = !escaped && c == '\\';
        }
        return plain.toString();
    }
}
