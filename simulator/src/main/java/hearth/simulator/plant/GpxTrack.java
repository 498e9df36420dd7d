package hearth.simulator.plant;

import hearth.common.value.Position;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A recorded track: the position and speed of a car at a time after its departure. Before the departure the car is at
 * the first point, after the arrival at the last.
 *
 * @param points two or more; the first at zero, each later than the point before it
 */
public record GpxTrack(List<GpxPoint> points) {

    public record GpxPoint(Duration at, Position position) {}

    public GpxTrack {
        points = List.copyOf(points);
        if (points.size() < 2 || !points.get(0).at.isZero()) {
            throw new IllegalArgumentException("a track must have two or more points, the first at zero");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).at.compareTo(points.get(i - 1).at) <= 0) {
                throw new IllegalArgumentException(
                        "point " + (i + 1) + " of the track must be later than the point before it");
            }
        }
    }

    /**
     * Reads the track points of a GPX file (version 1.1, {@code trkpt} with {@code lat}, {@code lon} and {@code time}).
     *
     * @throws IOException if the file is not GPX, a point has no time, or it has a DTD, which could read other files
     */
    public static GpxTrack read(InputStream gpx) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(gpx);
            return new GpxTrack(points(xml));
        } catch (XMLStreamException | IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("not a GPX track with times: " + e.getMessage(), e);
        }
    }

    private static List<GpxPoint> points(XMLStreamReader xml) throws XMLStreamException {
        List<GpxPoint> points = new ArrayList<>();
        Instant begin = Instant.MIN;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw new IllegalArgumentException("the file has a DTD, which is not allowed");
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("trkpt")) {
                Position position = new Position(degrees(xml, "lat"), degrees(xml, "lon"));
                Instant time = timeOf(xml);
                begin = points.isEmpty() ? time : begin;
                points.add(new GpxPoint(Duration.between(begin, time), position));
            }
        }
        return points;
    }

    private static double degrees(XMLStreamReader point, String attribute) {
        String text = point.getAttributeValue(null, attribute);
        if (text == null) {
            throw new IllegalArgumentException("a trkpt has no " + attribute);
        }
        return Double.parseDouble(text);
    }

    private static Instant timeOf(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("time")) {
                return Instant.parse(xml.getElementText().strip());
            }
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("trkpt")) {
                break;
            }
        }
        throw new IllegalArgumentException("a trkpt has no time");
    }

    public Position start() {
        return points.get(0).position;
    }

    public Position end() {
        return points.get(points.size() - 1).position;
    }

    public Duration duration() {
        return points.get(points.size() - 1).at;
    }

    public double lengthM() {
        double metres = 0;
        for (int i = 1; i < points.size(); i++) {
            metres += points.get(i - 1).position.metresTo(points.get(i).position);
        }
        return metres;
    }

    public Position positionAt(Duration since) {
        if (since.isNegative() || since.isZero()) {
            return start();
        }
        if (since.compareTo(duration()) >= 0) {
            return end();
        }
        int next = nextPoint(since);
        GpxPoint from = points.get(next - 1);
        GpxPoint to = points.get(next);
        double part =
                (double) since.minus(from.at).toMillis() / to.at.minus(from.at).toMillis();
        return new Position(
                between(from.position.latitudeDeg(), to.position.latitudeDeg(), part),
                between(from.position.longitudeDeg(), to.position.longitudeDeg(), part));
    }

    /** In metres per second; zero before the departure and after the arrival. */
    public double speedAt(Duration since) {
        if (since.isNegative() || since.compareTo(duration()) >= 0) {
            return 0;
        }
        int next = nextPoint(since);
        GpxPoint from = points.get(next - 1);
        GpxPoint to = points.get(next);
        return from.position.metresTo(to.position) / (to.at.minus(from.at).toMillis() / 1000.0);
    }

    /** The same track in the opposite direction, at the same speeds. */
    public GpxTrack reversed() {
        List<GpxPoint> back = new ArrayList<>();
        for (int i = points.size() - 1; i >= 0; i--) {
            back.add(new GpxPoint(duration().minus(points.get(i).at), points.get(i).position));
        }
        return new GpxTrack(back);
    }

    private int nextPoint(Duration since) {
        int next = 1;
        while (points.get(next).at.compareTo(since) <= 0) {
            next++;
        }
        return next;
    }

    private static double between(double from, double to, double part) {
        return from + part * (to - from);
    }
}
