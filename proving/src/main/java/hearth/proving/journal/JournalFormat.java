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
 * A journal as text: a line an entry, its words parted by tabs, as {@code 61000 airco says airco/action 1 true - heating}.
 * Tabs, line breaks and backslashes inside a word are escaped.
 */
public final class JournalFormat {

    private static final String NEVER = "-";
    private static final int DECIMALS = 7;
    private static final long UNITS = 10_000_000;

    private JournalFormat() {}

    /** Adds the entry's line, line break included. */
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
        } else if (event instanceof MessagePublished said) {
            writeEscaped(text.append("says\t"), said.topic());
            text.append('\t').append(said.qos()).append('\t').append(said.retained());
            text.append('\t').append(said.expiresAtMs() == Long.MAX_VALUE ? NEVER : Long.toString(said.expiresAtMs()));
            writeEscaped(text.append('\t'), said.payload());
        } else if (event instanceof MessageReceived heard) {
            writeEscaped(text.append("hears\t"), heard.topic());
            text.append('\t').append(heard.retained()).append('\t').append(heard.lifetimeS());
            text.append('\t').append(heard.remainingS());
            writeEscaped(text.append('\t'), heard.payload());
        } else if (event instanceof DeliverySettled settled) {
            text.append("settled\t").append(settled.number()).append('\t').append(settled.delivered());
        } else if (event instanceof FixRead fix) {
            writeDecimal(text.append("fix\t"), fix.latitudeDeg());
            writeDecimal(text.append('\t'), fix.longitudeDeg());
            writeDecimal(text.append('\t'), fix.errorM());
        } else if (event instanceof OutputDriven driven) {
            text.append("drives\t").append(driven.pin()).append('\t').append(driven.on() ? "on" : "off");
            text.append('\t').append(driven.succeeded());
        } else if (event instanceof SaveRequested kept) {
            savedEntries(text.append("keeps"), kept.entries());
        } else if (event instanceof SaveFinished stored) {
            text.append("stored\t").append(stored.onDisk());
        } else if (event instanceof WallClockRead looked) {
            text.append("looks\t").append(looked.time().orElse(NEVER));
        } else if (event instanceof Booted booted) {
            writeBooted(text, booted);
        } else if (event instanceof PowerCut) {
            text.append("dies");
        } else if (event instanceof InjectedFault mishap) {
            writeEscaped(text.append("mishap\t"), mishap.kind());
            writeEscaped(text.append('\t'), mishap.detail());
        }
        text.append('\n');
    }

    /** @throws IllegalArgumentException for what is no line of a journal */
    public static JournalEntry read(String line) {
        String[] words = line.split("\t", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = unescape(words[i]);
        }
        try {
            return new JournalEntry(Duration.ofMillis(Long.parseLong(words[0])), words[1], readEvent(words));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("not a line of a journal: " + line, e);
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
            default -> throw new IllegalArgumentException("no such event: " + words[2]);
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

    /** Seven decimals, which is a centimetre of a degree. Not {@code Double.toString}: Java 19 changed it. */
    private static void writeDecimal(StringBuilder text, double number) {
        long units = Math.round(Math.abs(number) * UNITS);
        text.append(number < 0 ? "-" : "").append(units / UNITS).append('.');
        String fraction = Long.toString(units % UNITS);
        text.append("0".repeat(DECIMALS - fraction.length())).append(fraction);
    }

    private static void savedEntries(StringBuilder text, Map<String, String> notes) {
        notes.forEach((key, value) -> {
            writeEscaped(text.append('\t'), key);
            writeEscaped(text.append('\t'), value);
        });
    }

    private static Map<String, String> savedEntries(String[] words, int from) {
        Map<String, String> notes = new TreeMap<>();
        for (int i = from; i < words.length; i += 2) {
            notes.put(words[i], words[i + 1]);
        }
        return notes;
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
