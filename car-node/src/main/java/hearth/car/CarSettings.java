package hearth.car;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings {@code car.*} and {@code gpsd.*}.
 *
 * @param home              the position of home
 * @param armBeyondM        a car at this distance or farther is away
 * @param fireWithinM       a car that comes closer is announced within this distance
 * @param lead              a car that comes closer is also announced if it is expected home within this time
 * @param worstFixM         a position with a larger error is ignored
 * @param serial            the serial device of the receiver; empty with gpsd
 * @param ownTracks         the topic of a phone that is used as the receiver; empty if there is a receiver
 * @param publishesPosition whether the position of the car is published
 */
record CarSettings(
        Position home,
        double armBeyondM,
        double fireWithinM,
        Duration lead,
        double worstFixM,
        Optional<Path> serial,
        int baud,
        String gpsdHost,
        int gpsdPort,
        Optional<String> ownTracks,
        boolean publishesPosition) {

    /** A receiver sends a fix every second; a phone at rest, in OwnTracks' move mode, at least every five minutes. */
    private static final Duration FIX_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration PHONE_FIX_TIMEOUT = Duration.ofMinutes(6);

    private static final Pattern DEGREES =
            Pattern.compile("(-?[0-9]{1,2}(?:\\.[0-9]{1,9})?)\\s*,\\s*(-?[0-9]{1,3}(?:\\.[0-9]{1,9})?)");

    static final Setting<Position> HOME = new Setting<>(
            "car.home",
            "52.37310, 4.89260",
            true,
            "latitude, longitude in degrees",
            "position of home; the node does not publish it",
            CarSettings::home);

    static final Setting<Double> ARM_BEYOND = Setting.number(
            "car.arm-beyond",
            "2.5",
            0.5,
            50,
            " km",
            "at this distance from home and farther, the car counts as away, and its next approach can"
                    + " be announced; must be greater than car.fire-within");

    static final Setting<Double> FIRE_WITHIN = Setting.number(
            "car.fire-within", "1.5", 0.2, 20, " km", "a car within this distance that comes closer is announced");

    static final Setting<Duration> LEAD = Setting.duration(
            "car.lead",
            "10m",
            "1m",
            "1h",
            "a car that is expected home within this time is announced, at any distance");

    static final Setting<Double> WORST_FIX = Setting.number(
            "car.worst-fix",
            "50",
            5,
            500,
            " m",
            "maximum error of a position; a position with a larger error is ignored");

    static final Setting<Optional<Path>> SERIAL = new Setting<>(
            "car.serial",
            "none",
            false,
            "none, or the real name of a device such as /dev/ttyAMA0",
            "serial device of the GPS receiver, which the systemd unit must allow; none: the node uses gpsd",
            CarSettings::device);

    static final Setting<Integer> BAUD =
            Setting.whole("car.serial-baud", "9600", 4_800, 115_200, "baud rate of the receiver at car.serial");

    static final Setting<String> GPSD_HOST = Setting.text(
            "gpsd.host",
            "localhost",
            Pattern.compile("[A-Za-z0-9.:-]{1,253}"),
            "a host name or an address",
            "host on which gpsd runs; ignored with car.serial or car.owntracks");

    static final Setting<Integer> GPSD_PORT =
            Setting.whole("gpsd.port", "2947", 1, 65_535, "port of gpsd; ignored with car.serial or car.owntracks");

    static final Setting<Optional<String>> OWN_TRACKS = new Setting<>(
            "car.owntracks",
            "none",
            false,
            "none, or a topic such as owntracks/anna/phone",
            "topic of a phone with OwnTracks in move mode, used instead of a GPS receiver; not together with car.serial",
            CarSettings::topic);

    static final Setting<Boolean> TELL_POSITION = Setting.flag(
            "car.tell-position",
            "false",
            "true: the node publishes the position of the car, for every client that may subscribe to it");

    static CarSettings read(Settings settings) {
        double armBeyondKm = settings.get(ARM_BEYOND);
        double fireWithinKm = settings.get(FIRE_WITHIN);
        if (armBeyondKm <= fireWithinKm) {
            settings.reportConflict(
                    ARM_BEYOND,
                    "must be more than car.fire-within = " + fireWithinKm
                            + " km, because a car that stands there would be announced again and again");
        }
        CarSettings car = new CarSettings(
                settings.get(HOME),
                armBeyondKm * 1000,
                fireWithinKm * 1000,
                settings.get(LEAD),
                settings.get(WORST_FIX),
                settings.get(SERIAL),
                settings.get(BAUD),
                settings.get(GPSD_HOST),
                settings.get(GPSD_PORT),
                settings.get(OWN_TRACKS),
                settings.get(TELL_POSITION));
        if (car.ownTracks.isPresent() && car.serial.isPresent()) {
            settings.reportConflict(OWN_TRACKS, "car.serial is set too: remove one of them");
        }
        return car;
    }

    /** Without a good fix for this long there is a fault. */
    Duration fixTimeout() {
        return ownTracks.isPresent() ? PHONE_FIX_TIMEOUT : FIX_TIMEOUT;
    }

    private static Optional<String> topic(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        if (!text.matches("[^/+#\\p{Cc}]{1,64}(/[^/+#\\p{Cc}]{1,64}){1,7}")) {
            throw new IllegalArgumentException("expected none, or a topic such as owntracks/anna/phone");
        }
        return Optional.of(text);
    }

    private static Optional<Path> device(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        if (!text.matches("/dev/[A-Za-z0-9/_.-]{1,64}") || text.contains("..")) {
            throw new IllegalArgumentException("expected none, or a device such as /dev/serial0");
        }
        return Optional.of(Path.of(text));
    }

    private static Position home(String text) {
        Matcher matcher = DEGREES.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected latitude, longitude in degrees, such as 52.37310, 4.89260");
        }
        double latitudeDeg = Double.parseDouble(matcher.group(1));
        double longitudeDeg = Double.parseDouble(matcher.group(2));
        if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 180) {
            throw new IllegalArgumentException("expected latitude from -90 to 90, longitude from -180 to 180 degrees");
        }
        Position home = new Position(latitudeDeg, longitudeDeg);
        if (Track.isNullIsland(home)) {
            throw new IllegalArgumentException("must not be 0, 0: receivers without a fix report this position");
        }
        return home;
    }
}
