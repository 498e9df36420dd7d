package hearth.proving.report;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A plot as one JSON object for the script of the report. Series are written as differences, temperatures in hundredths
 * of a degree, times in seconds, which is a third of the size.
 */
final class PlotJson {

    private final StringBuilder json = new StringBuilder(1 << 19);

    private PlotJson() {}

    static String of(PlotData plot, LocalDateTime begin) {
        PlotJson figures = new PlotJson();
        figures.write(plot, begin);
        // Escaped, because </script> in a text would end the script element.
        return figures.json.toString().replace("<", "\\u003c");
    }

    private void write(PlotData plot, LocalDateTime begin) {
        json.append("{\"begin\":").append(begin.toEpochSecond(ZoneOffset.UTC));
        json.append(",\"length\":").append(plot.length().toSeconds());
        json.append(",\"bucket\":").append(PlotData.BUCKET.toSeconds());
        temperatures("lowest", plot.room().lowest());
        temperatures("mean", plot.room().mean());
        temperatures("highest", plot.room().highest());
        temperatures("outside", plot.outside().mean());
        seconds("targetAt", plot.target().seconds());
        temperatures("target", plot.target().values());
        for (PlotData.PlottedRelay relay : PlotData.PlottedRelay.values()) {
            seconds(relay.name().toLowerCase(Locale.ROOT), plot.runs(relay.pin).seconds());
        }
        seconds("brews", plot.brews().seconds());
        seconds("trips", plot.trips().seconds());
        byKind("mishaps", plot.injectedFaults(), times -> {
            differences(times.seconds());
            json.append(",\"lasted\":");
            differences(times.lengths());
        });
        byKind("faults", plot.faults(), periods -> differences(periods.seconds()));
        json.append('}');
    }

    private void temperatures(String name, double[] celsius) {
        json.append(",\"").append(name).append("\":[");
        long last = 0;
        for (int i = 0; i < celsius.length; i++) {
            json.append(i == 0 ? "" : ",");
            if (Double.isNaN(celsius[i])) {
                json.append("null");
            } else {
                long hundredths = Math.round(celsius[i] * 100);
                json.append(hundredths - last);
                last = hundredths;
            }
        }
        json.append(']');
    }

    private void seconds(String name, int[] seconds) {
        json.append(",\"").append(name).append("\":");
        differences(seconds);
    }

    private <T> void byKind(String name, Map<String, T> kinds, Consumer<T> figures) {
        json.append(",\"").append(name).append("\":[");
        String comma = "";
        for (Map.Entry<String, T> kind : kinds.entrySet()) {
            json.append(comma)
                    .append("{\"kind\":\"")
                    .append(escaped(kind.getKey()))
                    .append("\",\"at\":");
            figures.accept(kind.getValue());
            json.append('}');
            comma = ",";
        }
        json.append(']');
    }

    private void differences(int[] numbers) {
        json.append('[');
        int last = 0;
        for (int i = 0; i < numbers.length; i++) {
            json.append(i == 0 ? "" : ",").append(numbers[i] - last);
            last = numbers[i];
        }
        json.append(']');
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append(
                        c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c) : Character.toString(c)));
        return escaped.toString();
    }
}
