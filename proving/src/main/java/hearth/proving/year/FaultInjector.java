package hearth.proving.year;

import hearth.proving.journal.JournalEvent.OutputDriven;
import hearth.proving.journal.JournalEvent.SaveRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Everything going wrong that does go wrong: each kind so often a year, at times and for as long as chance has it. A kind
 * is spread over the year, one in each stretch of it, so that no year goes without.
 */
final class FaultInjector {

    private static final double YEAR = 365;
    private static final Duration SHORT_DELAY = Duration.ofSeconds(1);

    /** One kind of mishap. @param begin told how long it will last, and the source of chance */
    private record InjectedFaultKind(
            String name, int perYear, Duration shortest, Duration longest, FaultStart begin, Runnable end) {}

    @FunctionalInterface
    private interface FaultStart {

        /** @return the detail for the journal */
        String begin(Duration lasts, Random chance);
    }

    private final SimulationContext simulation;
    private final SimulatedDevices devices;
    private final List<InjectedFaultKind> kinds = new ArrayList<>();

    FaultInjector(SimulationContext world, SimulatedDevices house) {
        this.simulation = world;
        this.devices = house;
        sensors();
        bus();
        power();
        relays();
        disks();
        receiver();
        badCommands();
    }

    /** The kinds there are, by name. */
    List<String> kinds() {
        return kinds.stream()
                .map(InjectedFaultKind::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Lays out what will go wrong over so many days. */
    void plan(int days) {
        for (InjectedFaultKind kind : kinds) {
            Random chance = simulation.randomFor(kind.name);
            int times = (int) Math.ceil(kind.perYear * days / YEAR);
            double apartS = days * 86_400.0 / times;
            for (int i = 0; i < times; i++) {
                Duration at = Duration.ofSeconds((long) ((i + chance.nextDouble()) * apartS));
                Duration lasts = randomDuration(kind.shortest, kind.longest, chance);
                simulation.after(at, () -> inject(kind, lasts, chance));
            }
        }
    }

    private void inject(InjectedFaultKind kind, Duration lasts, Random chance) {
        String detail = kind.begin.begin(lasts, chance);
        simulation.recordFault(kind.name, detail.isEmpty() ? lasts.toSeconds() + " s" : detail);
        simulation.after(lasts, kind.end);
    }

    /** Short ones are as likely as long ones: each order of magnitude has its share. */
    private static Duration randomDuration(Duration shortest, Duration longest, Random chance) {
        double part = chance.nextDouble();
        double spread = Math.max(0, StrictMath.log((double) longest.toMillis() / shortest.toMillis()));
        return Duration.ofMillis((long) (shortest.toMillis() * StrictMath.exp(part * spread)));
    }

    private void sensors() {
        for (SimulatedDs18b20.InjectedProbeFault trouble : SimulatedDs18b20.InjectedProbeFault.values()) {
            addKind(
                    trouble.kind(),
                    12,
                    "PT30S",
                    "PT4H",
                    (lasts, chance) -> {
                        int which = chance.nextInt(3); // One sensor, the other, or both.
                        for (int i = 0; i < devices.probes().size(); i++) {
                            if (which == 2 || which == i) {
                                devices.probes().get(i).injectFault(trouble, simulation.now());
                            }
                        }
                        return "";
                    },
                    () -> devices.probes().forEach(SimulatedDs18b20::clearFault));
        }
        addKind("sensor hangs", 12, "PT30S", "PT2H", (lasts, chance) -> {
            devices.aircoOrSensor(chance).blockThread("sensor", lasts);
            return "";
        });
    }

    private void bus() {
        addKind(
                "broker away",
                24,
                "PT5S",
                "PT8H",
                (lasts, chance) -> {
                    simulation.broker().stop();
                    return "";
                },
                () -> simulation.broker().start(false));
        addKind(
                "broker forgot",
                12,
                "PT1S",
                "PT30M",
                (lasts, chance) -> {
                    simulation.broker().stop();
                    return "";
                },
                () -> simulation.broker().start(true));
        addKind("network away", 36, "PT1S", "PT3H", (lasts, chance) -> {
            SimulatedPi<?> cutOff = anyComputer(chance);
            simulation.broker().unplug(cutOff.name());
            simulation.after(lasts, () -> {
                if (cutOff.isOn()) {
                    simulation.broker().plugIn(cutOff.name());
                }
            });
            return cutOff.name();
        });
        addKind(
                "messages doubled",
                12,
                "PT10M",
                "PT12H",
                (lasts, chance) -> {
                    simulation.network().duplicate(true);
                    return "";
                },
                () -> simulation.network().duplicate(false));
        addKind(
                "messages delayed",
                12,
                "PT10M",
                "PT12H",
                (lasts, chance) -> {
                    simulation.network().delay(true);
                    return "";
                },
                () -> simulation.network().delay(false));
        addKind(
                "messages reordered",
                12,
                "PT10M",
                "PT12H",
                (lasts, chance) -> {
                    simulation.network().reorder(true);
                    return "";
                },
                () -> simulation.network().reorder(false));
    }

    private void power() {
        for (SimulatedPi<?> computer : devices.computers()) {
            addKind(
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
        addKind(
                "power cut everywhere",
                8,
                "PT1S",
                "PT6H",
                (lasts, chance) -> {
                    devices.computers().forEach(SimulatedPi::cutPower);
                    simulation.broker().stop();
                    return "";
                },
                () -> {
                    simulation.broker().start(false);
                    devices.computers().forEach(SimulatedPi::powerOn);
                });
        addKind("power cut in a run", 20, "PT1S", "PT1S", (lasts, chance) -> {
            Duration wait = Duration.ofSeconds(chance.nextInt(1200));
            devices.airco().cutPowerAfter(event -> event instanceof OutputDriven driven && driven.on(), wait);
            return "airco";
        });
        addKind("power cut in a brew", 20, "PT1S", "PT1S", (lasts, chance) -> {
            Duration wait = Duration.ofSeconds(chance.nextInt(500));
            devices.coffee().cutPowerAfter(event -> event instanceof OutputDriven driven && driven.on(), wait);
            return "coffee";
        });
        addKind("power cut while writing", 20, "PT1S", "PT1S", (lasts, chance) -> {
            Duration wait = Duration.ofMillis(chance.nextInt(40));
            anyComputer(chance).cutPowerAfter(SaveRequested.class::isInstance, wait);
            return "";
        });
        addKind(
                "clock off",
                12,
                "PT1H",
                "P20D",
                (lasts, chance) -> {
                    Duration off =
                            Duration.ofHours(new long[] {-24 * 365 * 25, -24 * 20, -1, 3, 24 * 40}[chance.nextInt(5)]);
                    devices.computers().forEach(computer -> computer.clockOffset(off));
                    return off.toHours() + " h from the next boot on";
                },
                () -> devices.computers().forEach(computer -> computer.clockOffset(Duration.ZERO)));
        addKind(
                "wall clock jumps",
                12,
                "PT1H",
                "P5D",
                (lasts, chance) -> {
                    devices.wallClock().setOffset(Duration.ofMinutes(chance.nextInt(3000) - 1500L));
                    return "";
                },
                () -> devices.wallClock().setOffset(Duration.ZERO));
        addKind(
                "clock not synchronised",
                12,
                "PT1M",
                "P2D",
                (lasts, chance) -> {
                    devices.wallClock().synchronised(false);
                    return "";
                },
                () -> devices.wallClock().synchronised(true));
    }

    private void relays() {
        for (SimulatedRelay contact : devices.relays()) {
            int number = devices.relays().indexOf(contact);
            String name = SimulatedDevices.RELAYS.get(number);
            addKind(
                    "relay " + name + " refuses",
                    10,
                    "PT1M",
                    "PT6H",
                    (lasts, chance) -> {
                        contact.failToClose(true);
                        return "";
                    },
                    () -> contact.failToClose(false));
            addKind(
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
        addKind("disk full", 30, "PT1M", "PT12H", (lasts, chance) -> {
            SimulatedPi<?> victim = anyComputer(chance);
            victim.disk().full(true);
            simulation.after(lasts, () -> victim.disk().full(false));
            return victim.name();
        });
        addKind("state torn", 18, "PT1S", "PT1M", (lasts, chance) -> {
            SimulatedPi<?> victim = anyComputer(chance);
            victim.cutPower();
            victim.disk().corruptLastWrite();
            simulation.after(lasts, victim::powerOn);
            return victim.name();
        });
    }

    private void receiver() {
        for (SimulatedDriver.InjectedReceiverFault trouble : SimulatedDriver.InjectedReceiverFault.values()) {
            addKind(
                    trouble.kind(),
                    24,
                    "PT20S",
                    "PT5H",
                    (lasts, chance) -> {
                        devices.driver().injectFault(trouble);
                        return "";
                    },
                    () -> devices.driver().clearFault());
        }
    }

    private void badCommands() {
        addKind("command retained", 20, (lasts, chance) -> {
            simulation.publish("airco/target/set", "2" + chance.nextInt(9) + ".0", true, -1);
            simulation.publish("coffee/brew/set", "PRESS", true, -1);
            return "";
        });
        addKind("command malformed", 30, (lasts, chance) -> {
            String bad = MALFORMED[chance.nextInt(MALFORMED.length)];
            simulation.publish(SETTABLE[chance.nextInt(SETTABLE.length)], bad, false, -1);
            return bad.substring(0, Math.min(40, bad.length()));
        });
        addKind("command out of bounds", 20, (lasts, chance) -> {
            String[] values = {"-300", "4.9", "30.1", "1000", "21.123456789", "69.8"};
            simulation.publish("airco/target/set", values[chance.nextInt(values.length)], false, -1);
            return "";
        });
        addKind("target played with", 40, (lasts, chance) -> {
            Duration pause = Duration.ofSeconds(10 + chance.nextInt(400)); // Shorter and longer than the shortest run.
            boolean warmFirst = chance.nextBoolean();
            simulation.publish("airco/target/set", warmFirst ? "29.0" : "9.0", false, -1);
            simulation.after(
                    pause, () -> simulation.publish("airco/target/set", warmFirst ? "9.0" : "29.0", false, -1));
            simulation.after(pause.multipliedBy(2), () -> simulation.publish("airco/target/set", "20.0", false, -1));
            return "";
        });
        addKind("command id used again", 20, (lasts, chance) -> {
            String id = "again-" + chance.nextInt(1_000_000);
            simulation.publish("airco/target/set", "{\"id\":\"" + id + "\",\"value\":19.5}", false, 60);
            simulation.after(
                    SHORT_DELAY,
                    () -> simulation.publish("airco/target/set", "{\"id\":\"" + id + "\",\"value\":24.5}", false, 60));
            return id;
        });
        addKind("command replayed", 20, (lasts, chance) -> {
            String brew = "{\"id\":\"replay-" + chance.nextInt(1_000_000) + "\",\"value\":\"PRESS\"}";
            simulation.publish("coffee/brew/set", brew, false, 60);
            simulation.after(Duration.ofMinutes(15), () -> simulation.publish("coffee/brew/set", brew, false, 60));
            simulation.after(Duration.ofHours(25), () -> simulation.publish("coffee/brew/set", brew, false, 60));
            return "";
        });
        addKind("approach replayed", 20, (lasts, chance) -> {
            String trip = "{\"trip\":\"stranger-" + chance.nextInt(1_000_000) + "\",\"eta_s\":300}";
            for (int minutes : new int[] {0, 1, 20, 600}) {
                simulation.after(
                        Duration.ofMinutes(minutes), () -> simulation.publish("car/approach", trip, false, -1));
            }
            return "";
        });
        addKind("commands in a flood", 8, (lasts, chance) -> {
            for (int i = 0; i < 300; i++) {
                simulation.publish("airco/mode/set", i % 2 == 0 ? "off" : "heat_cool", false, 60);
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

    private SimulatedPi<?> anyComputer(Random chance) {
        return devices.computers().get(chance.nextInt(devices.computers().size()));
    }

    private void addKind(String name, int aYear, String shortest, String longest, FaultStart begin) {
        addKind(name, aYear, shortest, longest, begin, () -> {});
    }

    private void addKind(String name, int aYear, FaultStart begin) {
        addKind(name, aYear, "PT1S", "PT1S", begin, () -> {});
    }

    private void addKind(String name, int aYear, String shortest, String longest, FaultStart begin, Runnable end) {
        kinds.add(new InjectedFaultKind(name, aYear, Duration.parse(shortest), Duration.parse(longest), begin, end));
    }
}
