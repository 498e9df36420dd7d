package hearth.proving.journal;

import hearth.proving.journal.Event.Booted;
import hearth.proving.journal.Event.Driven;
import hearth.proving.journal.Event.Fixed;
import hearth.proving.journal.Event.Heard;
import hearth.proving.journal.Event.Kept;
import hearth.proving.journal.Event.Looked;
import hearth.proving.journal.Event.Mishap;
import hearth.proving.journal.Event.PowerCut;
import hearth.proving.journal.Event.Read;
import hearth.proving.journal.Event.Said;
import hearth.proving.journal.Event.Settled;
import hearth.proving.journal.Event.Stored;
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
public final class Lines {

    private static final String NEVER = "-";
    private static final int DECIMALS = 7;
    private static final long UNITS = 10_000_000;

    private Lines() {}

    /** Adds the entry's line, line break included. */
    public static void write(Entry entry, StringBuilder text) {
        text.append(entry.at().toMillis()).append('\t').append(entry.node()).append('\t');
        Event event = entry.event();
        if (event instanceof Read read) {
            text.append("read\t");
            if (read.celsius().isPresent()) {
                decimal(text, read.celsius().getAsDouble());
            } else {
                word(text, read.code());
            }
        } else if (event instanceof Said said) {
            word(text.append("says\t"), said.topic());
            text.append('\t').append(said.qos()).append('\t').append(said.retained());
            text.append('\t').append(said.untilMs() == Long.MAX_VALUE ? NEVER : Long.toString(said.untilMs()));
            word(text.append('\t'), said.payload());
        } else if (event instanceof Heard heard) {
            word(text.append("hears\t"), heard.topic());
            text.append('\t').append(heard.retained()).append('\t').append(heard.lifetimeS());
            text.append('\t').append(heard.leftS());
            word(text.append('\t'), heard.payload());
        } else if (event instanceof Settled settled) {
            text.append("settled\t").append(settled.number()).append('\t').append(settled.delivered());
        } else if (event instanceof Fixed fix) {
            decimal(text.append("fix\t"), fix.latitudeDeg());
            decimal(text.append('\t'), fix.longitudeDeg());
            decimal(text.append('\t'), fix.errorM());
        } else if (event instanceof Driven driven) {
            text.append("drives\t").append(driven.pin()).append('\t').append(driven.on() ? "on" : "off");
            text.append('\t').append(driven.worked());
        } else if (event instanceof Kept kept) {
            notes(text.append("keeps"), kept.notes());
        } else if (event instanceof Stored stored) {
            text.append("stored\t").append(stored.onDisk());
        } else if (event instanceof Looked looked) {
            text.append("looks\t").append(looked.time().orElse(NEVER));
        } else if (event instanceof Booted booted) {
            boots(text, booted);
        } else if (event instanceof PowerCut) {
            text.append("dies");
        } else if (event instanceof Mishap mishap) {
            word(text.append("mishap\t"), mishap.kind());
            word(text.append('\t'), mishap.detail());
        }
        text.append('\n');
    }

    /** @throws IllegalArgumentException for what is no line of a journal */
    public static Entry read(String line) {
        String[] words = line.split("\t", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = plain(words[i]);
        }
        try {
            return new Entry(Duration.ofMillis(Long.parseLong(words[0])), words[1], event(words));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("not a line of a journal: " + line, e);
        }
    }

    private static Event event(String[] words) {
        return switch (words[2]) {
            case "read" -> reading(words[3]);
            case "says" ->
                new Said(
                        words[3],
                        words[7],
                        Integer.parseInt(words[4]),
                        Boolean.parseBoolean(words[5]),
                        words[6].equals(NEVER) ? Long.MAX_VALUE : Long.parseLong(words[6]));
            case "hears" ->
                new Heard(
                        words[3],
                        words[7],
                        Boolean.parseBoolean(words[4]),
                        Long.parseLong(words[5]),
                        Long.parseLong(words[6]));
            case "settled" -> new Settled(Long.parseLong(words[3]), Boolean.parseBoolean(words[4]));
            case "fix" ->
                new Fixed(Double.parseDouble(words[3]), Double.parseDouble(words[4]), Double.parseDouble(words[5]));
            case "drives" ->
                new Driven(Integer.parseInt(words[3]), words[4].equals("on"), Boolean.parseBoolean(words[5]));
            case "keeps" -> new Kept(notes(words, 3));
            case "stored" -> new Stored(Boolean.parseBoolean(words[3]));
            case "looks" -> new Looked(words[3].equals(NEVER) ? Optional.empty() : Optional.of(words[3]));
            case "boots" -> booted(words);
            case "dies" -> new PowerCut();
            case "mishap" -> new Mishap(words[3], words[4]);
            default -> throw new IllegalArgumentException("no such event: " + words[2]);
        };
    }

    private static void boots(StringBuilder text, Booted booted) {
        word(text.append("boots\t"), booted.id());
        text.append('\t').append(booted.clockOffMs()).append('\t').append(booted.forgot());
        text.append('\t').append(booted.settings().size());
        booted.settings().forEach(line -> word(text.append('\t'), line));
        notes(text, booted.remembered());
    }

    private static Booted booted(String[] words) {
        int lines = Integer.parseInt(words[6]);
        List<String> settings = new ArrayList<>(List.of(words).subList(7, 7 + lines));
        return new Booted(
                words[3], Long.parseLong(words[4]), Boolean.parseBoolean(words[5]), notes(words, 7 + lines), settings);
    }

    private static Read reading(String word) {
        boolean number = !word.isEmpty() && (Character.isDigit(word.charAt(0)) || word.charAt(0) == '-');
        return number
                ? new Read(OptionalDouble.of(Double.parseDouble(word)), "")
                : new Read(OptionalDouble.empty(), word);
    }

    /** Seven decimals, which is a centimetre of a degree. Not {@code Double.toString}: Java 19 changed it. */
    private static void decimal(StringBuilder text, double number) {
        long units = Math.round(Math.abs(number) * UNITS);
        text.append(number < 0 ? "-" : "").append(units / UNITS).append('.');
        String fraction = Long.toString(units % UNITS);
        text.append("0".repeat(DECIMALS - fraction.length())).append(fraction);
    }

    private static void notes(StringBuilder text, Map<String, String> notes) {
        notes.forEach((key, value) -> {
            word(text.append('\t'), key);
            word(text.append('\t'), value);
        });
    }

    private static Map<String, String> notes(String[] words, int from) {
        Map<String, String> notes = new TreeMap<>();
        for (int i = from; i < words.length; i += 2) {
            notes.put(words[i], words[i + 1]);
        }
        return notes;
    }

    private static void word(StringBuilder text, String word) {
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

    private static String plain(String word) {
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
