package hearth.proving.year;

import hearth.proving.journal.JournalEvent.OutputDriven;
import hearth.proving.journal.JournalEvent.SaveRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Injects faults: each kind a fixed number of times per year, at random times and with random durations. The faults of
 * one kind are spread evenly over the year. The names of the kinds seed the random numbers and stand in recorded
 * journals, so they must not change.
 */
final class FaultInjector {

    private static final double YEAR = 365;
    private static final Duration SHORT_DELAY = Duration.ofSeconds(1);

    /** One kind of fault. @param begin receives the duration and the random numbers */
    private record InjectedFaultKind(
            String name, int perYear, Duration shortest, Duration longest, FaultStart begin, Runnable end) {}

    @FunctionalInterface
    private interface FaultStart {

        /** @return the detail for the journal */
        String begin(Duration duration, Random random);
    }

    private final SimulationContext simulation;
    private final SimulatedDevices devices;
    private final List<InjectedFaultKind> kinds = new ArrayList<>();

    FaultInjector(SimulationContext simulation, SimulatedDevices devices) {
        this.simulation = simulation;
        this.devices = devices;
        sensors();
        bus();
        power();
        relays();
        disks();
        receiver();
        badCommands();
    }

    /** The names of all kinds, sorted. */
    List<String> kinds() {
        return kinds.stream()
                .map(InjectedFaultKind::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Schedules the faults of the given number of days. */
    void plan(int days) {
        for (InjectedFaultKind kind : kinds) {
            Random random = simulation.randomFor(kind.name);
            int times = (int) Math.ceil(kind.perYear * days / YEAR);
            double spacingS = days * 86_400.0 / times;
            for (int i = 0; i < times; i++) {
                Duration at = Duration.ofSeconds((long) ((i + random.nextDouble()) * spacingS));
                Duration duration = randomDuration(kind.shortest, kind.longest, random);
                simulation.after(at, () -> inject(kind, duration, random));
            }
        }
    }

    private void inject(InjectedFaultKind kind, Duration duration, Random random) {
        String detail = kind.begin.begin(duration, random);
        simulation.recordFault(kind.name, detail.isEmpty() ? duration.toSeconds() + " s" : detail);
        simulation.after(duration, kind.end);
    }

    /** The logarithm of the duration is uniform: short durations are as likely as long ones. */
    private static Duration randomDuration(Duration shortest, Duration longest, Random random) {
        double part = random.nextDouble();
        double spread = Math.max(0, StrictMath.log((double) longest.toMillis() / shortest.toMillis()));
        return Duration.ofMillis((long) (shortest.toMillis() * StrictMath.exp(part * spread)));
    }

    private void sensors() {
        for (SimulatedDs18b20.InjectedProbeFault fault : SimulatedDs18b20.InjectedProbeFault.values()) {
            addKind(
                    fault.kind(),
                    12,
                    "PT30S",
                    "PT4H",
                    (duration, random) -> {
                        int which = random.nextInt(3); // The first sensor, the second, or both.
                        for (int i = 0; i < devices.probes().size(); i++) {
                            if (which == 2 || which == i) {
                                devices.probes().get(i).injectFault(fault, simulation.now());
                            }
                        }
                        return "";
                    },
                    () -> devices.probes().forEach(SimulatedDs18b20::clearFault));
        }
        addKind("sensor hangs", 12, "PT30S", "PT2H", (duration, random) -> {
            devices.aircoOrSensor(random).blockThread("sensor", duration);
            return "";
        });
    }

    private void bus() {
        addKind(
                "broker away",
                24,
                "PT5S",
                "PT8H",
                (duration, random) -> {
                    simulation.broker().stop();
                    return "";
                },
                () -> simulation.broker().start(false));
        addKind(
                "broker forgot",
                12,
                "PT1S",
                "PT30M",
                (duration, random) -> {
                    simulation.broker().stop();
                    return "";
                },
                () -> simulation.broker().start(true));
        addKind("network away", 36, "PT1S", "PT3H", (duration, random) -> {
            SimulatedPi<?> computer = anyComputer(random);
            simulation.broker().unplug(computer.name());
            simulation.after(duration, () -> {
                if (computer.isOn()) {
                    simulation.broker().plugIn(computer.name());
                }
            });
            return computer.name();
        });
        addKind(
                "messages doubled",
                12,
                "PT10M",
                "PT12H",
                (duration, random) -> {
                    simulation.network().duplicate(true);
                    return "";
                },
                () -> simulation.network().duplicate(false));
        addKind(
                "messages delayed",
                12,
                "PT10M",
                "PT12H",
                (duration, random) -> {
                    simulation.network().delay(true);
                    return "";
                },
                () -> simulation.network().delay(false));
        addKind(
                "messages reordered",
                12,
                "PT10M",
                "PT12H",
                (duration, random) -> {
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
                    (duration, random) -> {
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
                (duration, random) -> {
                    devices.computers().forEach(SimulatedPi::cutPower);
                    simulation.broker().stop();
                    return "";
                },
                () -> {
                    simulation.broker().start(false);
                    devices.computers().forEach(SimulatedPi::powerOn);
                });
        addKind("power cut in a run", 20, "PT1S", "PT1S", (duration, random) -> {
            Duration wait = Duration.ofSeconds(random.nextInt(1200));
            devices.airco().cutPowerAfter(event -> event instanceof OutputDriven driven && driven.on(), wait);
            return "airco";
        });
        addKind("power cut in a brew", 20, "PT1S", "PT1S", (duration, random) -> {
            Duration wait = Duration.ofSeconds(random.nextInt(500));
            devices.coffee().cutPowerAfter(event -> event instanceof OutputDriven driven && driven.on(), wait);
            return "coffee";
        });
        addKind("power cut while writing", 20, "PT1S", "PT1S", (duration, random) -> {
            Duration wait = Duration.ofMillis(random.nextInt(40));
            anyComputer(random).cutPowerAfter(SaveRequested.class::isInstance, wait);
            return "";
        });
        addKind(
                "clock off",
                12,
                "PT1H",
                "P20D",
                (duration, random) -> {
                    Duration off =
                            Duration.ofHours(new long[] {-24 * 365 * 25, -24 * 20, -1, 3, 24 * 40}[random.nextInt(5)]);
                    devices.computers().forEach(computer -> computer.clockOffset(off));
                    return off.toHours() + " h from the next boot on";
                },
                () -> devices.computers().forEach(computer -> computer.clockOffset(Duration.ZERO)));
        addKind(
                "wall clock jumps",
                12,
                "PT1H",
                "P5D",
                (duration, random) -> {
                    devices.wallClock().setOffset(Duration.ofMinutes(random.nextInt(3000) - 1500L));
                    return "";
                },
                () -> devices.wallClock().setOffset(Duration.ZERO));
        addKind(
                "clock not synchronised",
                12,
                "PT1M",
                "P2D",
                (duration, random) -> {
                    devices.wallClock().synchronised(false);
                    return "";
                },
                () -> devices.wallClock().synchronised(true));
    }

    private void relays() {
        for (SimulatedRelay relay : devices.relays()) {
            int number = devices.relays().indexOf(relay);
            String name = SimulatedDevices.RELAYS.get(number);
            addKind(
                    "relay " + name + " refuses",
                    10,
                    "PT1M",
                    "PT6H",
                    (duration, random) -> {
                        relay.failToClose(true);
                        return "";
                    },
                    () -> relay.failToClose(false));
            addKind(
                    "relay " + name + " sticks",
                    10,
                    "PT6H",
                    "PT6H",
                    (duration, random) -> {
                        int times =
                                1 + random.nextInt(4); // At the third time the process exits, and the stop hook acts.
                        relay.failToOpen(times);
                        return times + " times";
                    },
                    () -> relay.failToOpen(0));
        }
    }

    private void disks() {
        addKind("disk full", 30, "PT1M", "PT12H", (duration, random) -> {
            SimulatedPi<?> computer = anyComputer(random);
            computer.disk().full(true);
            simulation.after(duration, () -> computer.disk().full(false));
            return computer.name();
        });
        addKind("state torn", 18, "PT1S", "PT1M", (duration, random) -> {
            SimulatedPi<?> computer = anyComputer(random);
            computer.cutPower();
            computer.disk().corruptLastWrite();
            simulation.after(duration, computer::powerOn);
            return computer.name();
        });
    }

    private void receiver() {
        for (SimulatedDriver.InjectedReceiverFault fault : SimulatedDriver.InjectedReceiverFault.values()) {
            addKind(
                    fault.kind(),
                    24,
                    "PT20S",
                    "PT5H",
                    (duration, random) -> {
                        devices.driver().injectFault(fault);
                        return "";
                    },
                    () -> devices.driver().clearFault());
        }
    }

    private void badCommands() {
        addKind("command retained", 20, (duration, random) -> {
            simulation.publish("airco/target/set", "2" + random.nextInt(9) + ".0", true, -1);
            simulation.publish("coffee/brew/set", "PRESS", true, -1);
            return "";
        });
        addKind("command malformed", 30, (duration, random) -> {
            String bad = MALFORMED[random.nextInt(MALFORMED.length)];
            simulation.publish(SETTABLE[random.nextInt(SETTABLE.length)], bad, false, -1);
            return bad.substring(0, Math.min(40, bad.length()));
        });
        addKind("command out of bounds", 20, (duration, random) -> {
            String[] values = {"-300", "4.9", "30.1", "1000", "21.123456789", "69.8"};
            simulation.publish("airco/target/set", values[random.nextInt(values.length)], false, -1);
            return "";
        });
        addKind("target played with", 40, (duration, random) -> {
            Duration pause =
                    Duration.ofSeconds(10 + random.nextInt(400)); // Shorter and longer than the minimum time on.
            boolean warmFirst = random.nextBoolean();
            simulation.publish("airco/target/set", warmFirst ? "29.0" : "9.0", false, -1);
            simulation.after(
                    pause, () -> simulation.publish("airco/target/set", warmFirst ? "9.0" : "29.0", false, -1));
            simulation.after(pause.multipliedBy(2), () -> simulation.publish("airco/target/set", "20.0", false, -1));
            return "";
        });
        addKind("command id used again", 20, (duration, random) -> {
            String id = "again-" + random.nextInt(1_000_000);
            simulation.publish("airco/target/set", "{\"id\":\"" + id + "\",\"value\":19.5}", false, 60);
            simulation.after(
                    SHORT_DELAY,
                    () -> simulation.publish("airco/target/set", "{\"id\":\"" + id + "\",\"value\":24.5}", false, 60));
            return id;
        });
        addKind("command replayed", 20, (duration, random) -> {
            String brew = "{\"id\":\"replay-" + random.nextInt(1_000_000) + "\",\"value\":\"PRESS\"}";
            simulation.publish("coffee/brew/set", brew, false, 60);
            simulation.after(Duration.ofMinutes(15), () -> simulation.publish("coffee/brew/set", brew, false, 60));
            simulation.after(Duration.ofHours(25), () -> simulation.publish("coffee/brew/set", brew, false, 60));
            return "";
        });
        addKind("approach replayed", 20, (duration, random) -> {
            String trip = "{\"trip\":\"stranger-" + random.nextInt(1_000_000) + "\",\"eta_s\":300}";
            for (int minutes : new int[] {0, 1, 20, 600}) {
                simulation.after(
                        Duration.ofMinutes(minutes), () -> simulation.publish("car/approach", trip, false, -1));
            }
            return "";
        });
        addKind("commands in a flood", 8, (duration, random) -> {
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

    private SimulatedPi<?> anyComputer(Random random) {
        return devices.computers().get(random.nextInt(devices.computers().size()));
    }

    private void addKind(String name, int perYear, String shortest, String longest, FaultStart begin) {
        addKind(name, perYear, shortest, longest, begin, () -> {});
    }

    private void addKind(String name, int perYear, FaultStart begin) {
        addKind(name, perYear, "PT1S", "PT1S", begin, () -> {});
    }

    private void addKind(String name, int perYear, String shortest, String longest, FaultStart begin, Runnable end) {
        kinds.add(new InjectedFaultKind(name, perYear, Duration.parse(shortest), Duration.parse(longest), begin, end));
    }
}
