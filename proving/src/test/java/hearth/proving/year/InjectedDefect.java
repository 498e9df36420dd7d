package hearth.proving.year;

import hearth.common.hal.Hal;
import hearth.common.hal.Relay;
import hearth.common.hal.Thermometer;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Timers;
import hearth.common.store.StateStore;
import hearth.common.value.Celsius;
import hearth.common.value.Pin;
import hearth.common.value.Reading;
import hearth.proving.checker.SafetyRule;
import hearth.proving.replay.ForwardingHal;
import hearth.testkit.bus.ForwardingBus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Defective devices. Each defect is a small wrapper around the inputs and outputs of a correct device. */
enum InjectedDefect implements DeviceInterceptor {
    HEAT_AND_COOL_TOGETHER(SafetyRule.HEAT_COOL_EXCLUSIVE) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new ForwardingHal(hal) {
                private boolean heats;

                @Override
                public Relay relay(Pin pin) {
                    Relay relay = hal.relay(pin);
                    return on -> {
                        heats = pin.number() == SimulatedDevices.HEAT_PIN ? on : heats;
                        relay.set(on || (pin.number() == SimulatedDevices.COOL_PIN && heats));
                    };
                }
            };
        }
    },
    BOOT_IS_NOT_A_SWITCH_OFF(SafetyRule.MINIMUM_PAUSE) {
        @Override
        public Timers timers(String node, Timers timers) {
            return new DefectiveTimers(timers) {
                private boolean assembled;

                @Override
                public Instant instant() {
                    Instant now = timers.clock().instant();
                    return assembled ? now : now.minus(Duration.ofDays(1));
                }

                @Override
                public void every(String name, Duration period, Runnable task) {
                    assembled |= name.equals("health"); // Comes last: see NodeAssembly.
                    super.every(name, period, task);
                }
            };
        }
    },
    STALE_READINGS_ARE_TRUSTED(SafetyRule.FRESH_READINGS) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new ForwardingHal(hal) {
                private Reading last = new Reading.Failed("sensor-missing", "");

                @Override
                public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
                    Thermometer thermometer = hal.thermometer(address, driver);
                    return () -> {
                        Reading reading = thermometer.read();
                        last = reading instanceof Reading.Measured ? reading : last;
                        return last;
                    };
                }
            };
        }
    },
    STRICT_THRESHOLDS(SafetyRule.TEMPERATURE_BAND) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new ForwardingHal(hal) {
                @Override
                public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
                    Thermometer thermometer = hal.thermometer(address, driver);
                    return () -> node.equals("airco") ? offThreshold(thermometer.read()) : thermometer.read();
                }
            };
        }

        @Override
        public Bus bus(String node, Bus bus) {
            return new DefectiveBus(bus) {
                @Override
                Incoming incoming(Incoming message) {
                    String text = new String(message.payload(), StandardCharsets.UTF_8);
                    String nudged = text.equals("18.00") ? "18.06" : text.equals("22.00") ? "21.94" : text;
                    byte[] payload = nudged.getBytes(StandardCharsets.UTF_8);
                    boolean reading = message.topic().endsWith("/temperature");
                    return reading
                            ? new Incoming(
                                    message.topic(),
                                    payload,
                                    message.retained(),
                                    message.lifetimeS(),
                                    message.remainingS())
                            : message;
                }
            };
        }
    },
    RETAINED_COMMANDS_ACT(SafetyRule.VALID_COMMANDS_ONLY) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new DefectiveBus(bus) {
                @Override
                Incoming incoming(Incoming message) {
                    return new Incoming(
                            message.topic(), message.payload(), false, message.lifetimeS(), message.remainingS());
                }
            };
        }
    },
    BREWS_AGAIN_AFTER_A_CRASH(SafetyRule.NO_DOUBLE_BREW) {
        @Override
        public StateStore store(String node, StateStore store) {
            return new StateStore() {
                @Override
                public SavedState read() {
                    return new SavedState(Map.of(), false);
                }

                @Override
                public void write(Map<String, String> entries) throws IOException {
                    store.write(entries);
                }
            };
        }
    },
    MAX_ON_IS_IGNORED(SafetyRule.MAX_ON) {
        @Override
        public List<String> settings(String node, List<String> settings) {
            List<String> more = new ArrayList<>(settings);
            if (node.equals("airco")) {
                more.add("airco.heat.max-on = 24h");
                more.add("airco.cool.max-on = 24h");
            }
            return more;
        }
    },
    PUBLISHES_REQUESTED_STATE(SafetyRule.STATE_MATCHES_OUTPUTS) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new ForwardingHal(hal) {
                @Override
                public Relay relay(Pin pin) {
                    Relay relay = hal.relay(pin);
                    return on -> {
                        try {
                            relay.set(on);
                        } catch (IOException e) {
                            // Hides the failure of the relay.
                        }
                    };
                }
            };
        }
    },
    SET_POINT_OUT_OF_BOUNDS(SafetyRule.TARGET_IN_BOUNDS) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new DefectiveBus(bus) {
                @Override
                Outgoing outgoing(Outgoing message) {
                    return message.topic().endsWith("/target") && text(message).equals("20.0")
                            ? changed(message, "32.0")
                            : message;
                }
            };
        }
    },
    MODE_COMMANDS_ARE_IGNORED(SafetyRule.COMMANDS_OBEYED) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new DefectiveBus(bus) {
                @Override
                Incoming incoming(Incoming message) {
                    return message.topic().endsWith("/mode/set")
                            ? new Incoming(
                                    message.topic(),
                                    new byte[0],
                                    message.retained(),
                                    message.lifetimeS(),
                                    message.remainingS())
                            : message;
                }
            };
        }
    },
    SETTINGS_ARE_NOT_SAVED(SafetyRule.COMMANDS_OBEYED) {
        @Override
        public StateStore store(String node, StateStore store) {
            return new StateStore() {
                @Override
                public SavedState read() {
                    return store.read();
                }

                @Override
                public void write(Map<String, String> entries) throws IOException {
                    Map<String, String> fewer = new TreeMap<>(entries);
                    fewer.keySet().removeAll(Set.of("target", "mode", "preset"));
                    store.write(fewer);
                }
            };
        }
    },
    PAUSES_FOR_TOO_LONG(SafetyRule.TEMPERATURE_BAND) {
        @Override
        public List<String> settings(String node, List<String> settings) {
            List<String> more = new ArrayList<>(settings);
            if (node.equals("airco")) {
                more.add("airco.heat.min-off = 8m");
            }
            return more;
        }
    },
    BREWS_AT_ANY_HOUR(SafetyRule.NO_DOUBLE_BREW) {
        @Override
        public List<String> settings(String node, List<String> settings) {
            return settings.stream()
                    .map(line -> line.startsWith("coffee.quiet-hours") ? "coffee.quiet-hours = 05:00-05:01" : line)
                    .toList();
        }
    },
    FAULTS_NEVER_CLEAR(SafetyRule.FAULTS_CLEAR) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new DefectiveBus(bus) {
                private String last = "none";

                @Override
                Outgoing outgoing(Outgoing message) {
                    if (!message.topic().endsWith("/fault")) {
                        return message;
                    }
                    last = text(message).equals("none") ? last : text(message);
                    return changed(message, last);
                }
            };
        }
    },
    TWO_APPROACHES_PER_TRIP(SafetyRule.ONE_APPROACH_PER_TRIP) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new DefectiveBus(bus) {
                private int count;

                @Override
                Outgoing outgoing(Outgoing message) {
                    return message.topic().endsWith("/approach")
                            ? changed(message, text(message).replace("\"trip\":\"", "\"trip\":\"" + count++ + "-"))
                            : message;
                }
            };
        }
    };

    /** The rule that must detect it. */
    final SafetyRule rule;

    InjectedDefect(SafetyRule rule) {
        this.rule = rule;
    }

    /** Moves 18 and 22 °C just inside the band, as a wrong comparison would. */
    private static Reading offThreshold(Reading reading) {
        if (reading instanceof Reading.Measured measured) {
            double celsius = measured.temperature().degrees();
            return celsius == 18 || celsius == 22
                    ? new Reading.Measured(Celsius.of(celsius == 18 ? 18.0625 : 21.9375))
                    : reading;
        }
        return reading;
    }

    private static String text(Outgoing message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static Outgoing changed(Outgoing message, String text) {
        return new Outgoing(
                message.topic(),
                text.getBytes(StandardCharsets.UTF_8),
                message.qos(),
                message.retained(),
                message.expiresAt());
    }

    /** A connection to the broker; subclasses add the defect. */
    private static class DefectiveBus extends ForwardingBus {

        DefectiveBus(Bus bus) {
            super(bus);
        }

        Incoming incoming(Incoming message) {
            return message;
        }

        Outgoing outgoing(Outgoing message) {
            return message;
        }

        @Override
        public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
            return super.subscribe(subscription, message -> listener.accept(incoming(message)), timeout);
        }

        @Override
        public void publish(Outgoing message, Consumer<Boolean> settled) {
            super.publish(outgoing(message), settled);
        }
    }

    private abstract static class DefectiveTimers implements Timers, InstantSource {
        private final Timers timers;

        DefectiveTimers(Timers timers) {
            this.timers = timers;
        }

        @Override
        public InstantSource clock() {
            return this;
        }

        @Override
        public void every(String name, Duration period, Runnable task) {
            timers.every(name, period, task);
        }

        @Override
        public void after(Duration wait, Runnable task) {
            timers.after(wait, task);
        }

        @Override
        public Executor worker(String name) {
            return timers.worker(name);
        }
    }
}
