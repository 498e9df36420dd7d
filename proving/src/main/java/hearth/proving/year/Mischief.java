package hearth.proving.year;

import hearth.proving.journal.Event.Driven;
import hearth.proving.journal.Event.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Everything going wrong that does go wrong: each kind so often a year, at times and for as long as chance has it. A kind
 * is spread over the year, one in each stretch of it, so that no year goes without.
 */
final class Mischief {

    private static final double YEAR = 365;
    private static final Duration AN_INSTANT = Duration.ofSeconds(1);

    /** One kind of mishap. @param begin told how long it will last, and the source of chance */
    private record Kind(String name, int aYear, Duration shortest, Duration longest, Begin begin, Runnable end) {}

    @FunctionalInterface
    private interface Begin {

        /** @return the detail for the journal */
        String begin(Duration lasts, Random chance);
    }

    private final World world;
    private final Installation house;
    private final List<Kind> kinds = new ArrayList<>();

    Mischief(World world, Installation house) {
        this.world = world;
        this.house = house;
        sensors();
        bus();
        power();
        relays();
        disks();
        receiver();
        strangers();
    }

    /** The kinds there are, by name. */
    List<String> kinds() {
        return kinds.stream().map(Kind::name).sorted(Comparator.naturalOrder()).toList();
    }

    /** Lays out what will go wrong over so many days. */
    void plan(int days) {
        for (Kind kind : kinds) {
            Random chance = world.chance(kind.name);
            int times = (int) Math.ceil(kind.aYear * days / YEAR);
            double apartS = days * 86_400.0 / times;
            for (int i = 0; i < times; i++) {
                Duration at = Duration.ofSeconds((long) ((i + chance.nextDouble()) * apartS));
                Duration lasts = between(kind.shortest, kind.longest, chance);
                world.after(at, () -> strike(kind, lasts, chance));
            }
        }
    }

    private void strike(Kind kind, Duration lasts, Random chance) {
        String detail = kind.begin.begin(lasts, chance);
        world.mishap(kind.name, detail.isEmpty() ? lasts.toSeconds() + " s" : detail);
        world.after(lasts, kind.end);
    }

    /** Short ones are as likely as long ones: each order of magnitude has its share. */
    private static Duration between(Duration shortest, Duration longest, Random chance) {
        double part = chance.nextDouble();
        double spread = Math.max(0, StrictMath.log((double) longest.toMillis() / shortest.toMillis()));
        return Duration.ofMillis((long) (shortest.toMillis() * StrictMath.exp(part * spread)));
    }

    private void sensors() {
        for (Probe.Trouble trouble : Probe.Trouble.values()) {
            kind(
                    trouble.kind(),
                    12,
                    "PT30S",
                    "PT4H",
                    (lasts, chance) -> {
                        int which = chance.nextInt(3); // One sensor, the other, or both.
                        for (int i = 0; i < house.probes().size(); i++) {
                            if (which == 2 || which == i) {
                                house.probes().get(i).ails(trouble, world.now());
                            }
                        }
                        return "";
                    },
                    () -> house.probes().forEach(Probe::heals));
        }
        kind("sensor hangs", 12, "PT30S", "PT2H", (lasts, chance) -> {
            house.aircoOrSensor(chance).stick("sensor", lasts);
            return "";
        });
    }

    private void bus() {
        kind(
                "broker away",
                24,
                "PT5S",
                "PT8H",
                (lasts, chance) -> {
                    world.broker().stop();
                    return "";
                },
                () -> world.broker().start(false));
        kind(
                "broker forgot",
                12,
                "PT1S",
                "PT30M",
                (lasts, chance) -> {
                    world.broker().stop();
                    return "";
                },
                () -> world.broker().start(true));
        kind("network away", 36, "PT1S", "PT3H", (lasts, chance) -> {
            Computer<?> cutOff = any(chance);
            world.broker().unplug(cutOff.name());
            world.after(lasts, () -> {
                if (cutOff.isOn()) {
                    world.broker().plugIn(cutOff.name());
                }
            });
            return cutOff.name();
        });
        kind(
                "messages doubled",
                12,
                "PT10M",
                "PT12H",
                (lasts, chance) -> {
                    world.network().doubles(true);
                    return "";
                },
                () -> world.network().doubles(false));
        kind(
                "messages delayed",
                12,
                "PT10M",
                "PT12H",
                (lasts, chance) -> {
                    world.network().delays(true);
                    return "";
                },
                () -> world.network().delays(false));
        kind(
                "messages reordered",
                12,
                "PT10M",
                "PT12H",
                (lasts, chance) -> {
                    world.network().reorders(true);
                    return "";
                },
                () -> world.network().reorders(false));
    }

    private void power() {
        for (Computer<?> computer : house.computers()) {
            kind(
                    "power cut " + computer.name(),
                    16,
                    "PT1S",
                    "PT3H",
                    (lasts, chance) -> {
                        computer.cutPower();
                        return "";
                    },
                    computer::powerOn);
        }
        kind(
                "power cut everywhere",
                8,
                "PT1S",
                "PT6H",
                (lasts, chance) -> {
                    house.computers().forEach(Computer::cutPower);
                    world.broker().stop();
                    return "";
                },
                () -> {
                    world.broker().start(false);
                    house.computers().forEach(Computer::powerOn);
                });
        kind("power cut in a run", 20, "PT1S", "PT1S", (lasts, chance) -> {
            Duration wait = Duration.ofSeconds(chance.nextInt(1200));
            house.airco().cutPowerAfter(event -> event instanceof Driven driven && driven.on(), wait);
            return "airco";
        });
        kind("power cut in a brew", 20, "PT1S", "PT1S", (lasts, chance) -> {
            Duration wait = Duration.ofSeconds(chance.nextInt(500));
            house.coffee().cutPowerAfter(event -> event instanceof Driven driven && driven.on(), wait);
            return "coffee";
        });
        kind("power cut while writing", 20, "PT1S", "PT1S", (lasts, chance) -> {
            Duration wait = Duration.ofMillis(chance.nextInt(40));
            any(chance).cutPowerAfter(Kept.class::isInstance, wait);
            return "";
        });
        kind(
                "clock off",
                12,
                "PT1H",
                "P20D",
                (lasts, chance) -> {
                    Duration off =
                            Duration.ofHours(new long[] {-24 * 365 * 25, -24 * 20, -1, 3, 24 * 40}[chance.nextInt(5)]);
                    house.computers().forEach(computer -> computer.clockOff(off));
                    return off.toHours() + " h from the next boot on";
                },
                () -> house.computers().forEach(computer -> computer.clockOff(Duration.ZERO)));
        kind(
                "wall clock jumps",
                12,
                "PT1H",
                "P5D",
                (lasts, chance) -> {
                    house.wall().jump(Duration.ofMinutes(chance.nextInt(3000) - 1500L));
                    return "";
                },
                () -> house.wall().jump(Duration.ZERO));
        kind(
                "clock not synchronised",
                12,
                "PT1M",
                "P2D",
                (lasts, chance) -> {
                    house.wall().synchronised(false);
                    return "";
                },
                () -> house.wall().synchronised(true));
    }

    private void relays() {
        for (Contact contact : house.contacts()) {
            int number = house.contacts().indexOf(contact);
            String name = Installation.RELAYS.get(number);
            kind(
                    "relay " + name + " refuses",
                    10,
                    "PT1M",
                    "PT6H",
                    (lasts, chance) -> {
                        contact.refuseOn(true);
                        return "";
                    },
                    () -> contact.refuseOn(false));
            kind(
                    "relay " + name + " sticks",
                    10,
                    "PT6H",
                    "PT6H",
                    (lasts, chance) -> {
                        int times = 1 + chance.nextInt(4); // From the third on the process gives up, and the hook acts.
                        contact.failToOpen(times);
                        return times + " times";
                    },
                    () -> contact.failToOpen(0));
        }
    }

    private void disks() {
        kind("disk full", 30, "PT1M", "PT12H", (lasts, chance) -> {
            Computer<?> victim = any(chance);
            victim.disk().full(true);
            world.after(lasts, () -> victim.disk().full(false));
            return victim.name();
        });
        kind("state torn", 18, "PT1S", "PT1M", (lasts, chance) -> {
            Computer<?> victim = any(chance);
            victim.cutPower();
            victim.disk().tear();
            world.after(lasts, victim::powerOn);
            return victim.name();
        });
    }

    private void receiver() {
        for (Driver.Trouble trouble : Driver.Trouble.values()) {
            kind(
                    trouble.kind(),
                    24,
                    "PT20S",
                    "PT5H",
                    (lasts, chance) -> {
                        house.driver().ails(trouble);
                        return "";
                    },
                    () -> house.driver().heals());
        }
    }

    private void strangers() {
        kind("command retained", 20, (lasts, chance) -> {
            world.publish("airco/target/set", "2" + chance.nextInt(9) + ".0", true, -1);
            world.publish("coffee/brew/set", "PRESS", true, -1);
            return "";
        });
        kind("command malformed", 30, (lasts, chance) -> {
            String bad = MALFORMED[chance.nextInt(MALFORMED.length)];
            world.publish(SETTABLE[chance.nextInt(SETTABLE.length)], bad, false, -1);
            return bad.substring(0, Math.min(40, bad.length()));
        });
        kind("command out of bounds", 20, (lasts, chance) -> {
            String[] values = {"-300", "4.9", "30.1", "1000", "21.123456789", "69.8"};
            world.publish("airco/target/set", values[chance.nextInt(values.length)], false, -1);
            return "";
        });
        kind("target played with", 40, (lasts, chance) -> {
            Duration pause = Duration.ofSeconds(10 + chance.nextInt(400)); // Shorter and longer than the shortest run.
            boolean warmFirst = chance.nextBoolean();
            world.publish("airco/target/set", warmFirst ? "29.0" : "9.0", false, -1);
            world.after(pause, () -> world.publish("airco/target/set", warmFirst ? "9.0" : "29.0", false, -1));
            world.after(pause.multipliedBy(2), () -> world.publish("airco/target/set", "20.0", false, -1));
            return "";
        });
        kind("command id used again", 20, (lasts, chance) -> {
            String id = "again-" + chance.nextInt(1_000_000);
            world.publish("airco/target/set", "{\"id\":\"" + id + "\",\"value\":19.5}", false, 60);
            world.after(
                    AN_INSTANT,
                    () -> world.publish("airco/target/set", "{\"id\":\"" + id + "\",\"value\":24.5}", false, 60));
            return id;
        });
        kind("command replayed", 20, (lasts, chance) -> {
            String brew = "{\"id\":\"replay-" + chance.nextInt(1_000_000) + "\",\"value\":\"PRESS\"}";
            world.publish("coffee/brew/set", brew, false, 60);
            world.after(Duration.ofMinutes(15), () -> world.publish("coffee/brew/set", brew, false, 60));
            world.after(Duration.ofHours(25), () -> world.publish("coffee/brew/set", brew, false, 60));
            return "";
        });
        kind("approach replayed", 20, (lasts, chance) -> {
            String trip = "{\"trip\":\"stranger-" + chance.nextInt(1_000_000) + "\",\"eta_s\":300}";
            for (int minutes : new int[] {0, 1, 20, 600}) {
                world.after(Duration.ofMinutes(minutes), () -> world.publish("car/approach", trip, false, -1));
            }
            return "";
        });
        kind("commands in a flood", 8, (lasts, chance) -> {
            for (int i = 0; i < 300; i++) {
                world.publish("airco/mode/set", i % 2 == 0 ? "off" : "heat_cool", false, 60);
            }
            return "300 at once";
        });
    }

    private static final String[] SETTABLE = {
        "airco/target/set", "airco/mode/set", "airco/preset/set", "coffee/brew/set", "airco/reset/set", "car/reset/set"
    };

    private static final String[] MALFORMED = {
        "NaN",
        "1e999",
        "null",
        "{}",
        "{\"value\":21}garbage",
        "{\"value\":21,\"value\":22}",
        "021",
        "\u00ff\u00fe",
        "\u0000",
        "21,5",
        "[[[[[[[[[[[[[[[[[[[[[[[[",
        "x".repeat(5000),
        "{\"id\":\"bad id with spaces\",\"value\":21.0}"
    };

    private Computer<?> any(Random chance) {
        return house.computers().get(chance.nextInt(house.computers().size()));
    }

    private void kind(String name, int aYear, String shortest, String longest, Begin begin) {
        kind(name, aYear, shortest, longest, begin, () -> {});
    }

    private void kind(String name, int aYear, Begin begin) {
        kind(name, aYear, "PT1S", "PT1S", begin, () -> {});
    }

    private void kind(String name, int aYear, String shortest, String longest, Begin begin, Runnable end) {
        kinds.add(new Kind(name, aYear, Duration.parse(shortest), Duration.parse(longest), begin, end));
    }
}
