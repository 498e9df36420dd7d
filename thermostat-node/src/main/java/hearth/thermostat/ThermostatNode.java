package hearth.thermostat;

import hearth.common.hal.Relay;
import hearth.common.hal.Wiring;
import hearth.common.homeassistant.Entity;
import hearth.common.message.CommonTopics;
import hearth.common.message.HistoryReading;
import hearth.common.message.Topic;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import hearth.common.value.Pin;
import hearth.thermostat.ThermostatInput.ModeSet;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.RemoteTemperature;
import hearth.thermostat.ThermostatInput.Reported;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Sensed;
import hearth.thermostat.ThermostatInput.TargetSet;
import hearth.thermostat.history.ReadingFile;
import hearth.thermostat.history.ReadingHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The program of the thermostat node: a sensor, an airco (heating and cooling relays), or both. */
public final class ThermostatNode implements NodeType<ThermostatSettings> {

    public static void main(String[] args) {
        Launcher.main(new ThermostatNode(), args);
    }

    @Override
    public String program() {
        return "thermostat-node";
    }

    @Override
    public String purpose() {
        return "measures a room's temperature, and heats and cools it";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of(
                CommonTopics.TEMPERATURE,
                HistoryReading.TOPIC,
                HistoryReading.ACKNOWLEDGE,
                Reason.TOPIC,
                ClimateTopics.TARGET,
                ClimateTopics.MODE,
                ClimateTopics.PRESET,
                ClimateTopics.ACTION,
                ClimateTopics.TARGET_SET,
                ClimateTopics.MODE_SET,
                ClimateTopics.PRESET_SET);
    }

    @Override
    public ThermostatSettings readSettings(Settings settings) {
        return ThermostatSettings.read(settings);
    }

    @Override
    public Wiring wiring(ThermostatSettings settings) {
        Map<String, Pin> outputs = new HashMap<>();
        settings.climate().relays().forEach((kind, relay) -> outputs.put(kind.output(), relay.pin()));
        Optional<String> sensor =
                settings.hasSensor() ? Optional.of(settings.sensor().address()) : Optional.empty();
        return new Wiring(outputs, Map.of(), sensor);
    }

    @Override
    public List<Entity> entities(ThermostatSettings settings) {
        return ThermostatEntities.of(settings);
    }

    @Override
    public Node<?, ?> assemble(ThermostatSettings settings, NodeContext context) {
        Map<String, Relay> outputs = new HashMap<>();
        wiring(settings)
                .outputs()
                .forEach((output, pin) -> outputs.put(output, context.hal().relay(pin)));
        var node = new Node<>(new Thermostat(settings), Reported::new, outputs, context);
        context.bus().onCommand(CommonTopics.RESET, command -> node.commandReceived(new Reset(command)));
        if (settings.hasSensor()) {
            startSampling(settings.sensor(), context, node);
            context.folder()
                    .map(folder -> new ReadingFile(folder.resolve(context.bus().node() + ".history")))
                    .ifPresent(store -> recordHistory(ReadingHistory.start(store, settings.history(), context), node));
        }
        if (settings.hasRelay()) {
            subscribe(settings.climate(), context.bus(), node);
        }
        return node;
    }

    private static void startSampling(SensorSettings settings, NodeContext context, Node<?, ThermostatInput> node) {
        Sampler sampler = new Sampler(
                context.hal()
                        .thermometer(settings.address(), devices -> new W1Thermometer(devices, settings.address())),
                reading -> node.stateReceived(ClimateSettings.LOCAL, new Sensed(reading)),
                context.sensorErrors());
        context.timers().every("sensor", settings.every(), sampler);
    }

    /** Records only the temperatures that are published: a rejected reading is not stored either. */
    private static void recordHistory(ReadingHistory history, Node<?, ?> node) {
        node.addStateListener(publish -> {
            if (publish.topic().equals(CommonTopics.TEMPERATURE) && publish.message() instanceof Celsius celsius) {
                history.onReading(celsius);
            }
        });
    }

    private static void subscribe(ClimateSettings settings, NodeBus bus, Node<?, ThermostatInput> node) {
        for (String source : settings.sources()) {
            if (!source.equals(ClimateSettings.LOCAL)) {
                subscribeToSource(
                        source,
                        bus,
                        received -> node.stateReceived(
                                source, new RemoteTemperature(source, received.message(), received.age())));
            }
        }
        bus.onCommand(ClimateTopics.TARGET_SET, command -> node.commandReceived(new TargetSet(command)));
        bus.onCommand(ClimateTopics.MODE_SET, command -> node.commandReceived(new ModeSet(command)));
        bus.onCommand(ClimateTopics.PRESET_SET, command -> node.commandReceived(new PresetSet(command)));
    }

    private static void subscribeToSource(
            String source, NodeBus bus, Consumer<hearth.common.mqtt.Received<Celsius>> listener) {
        if (ForeignSensor.isForeignTopic(source)) {
            ForeignSensor sensor = ForeignSensor.of(source);
            bus.onForeign(sensor.topic(), sensor::read, listener);
        } else {
            bus.onState(source, CommonTopics.TEMPERATURE, listener);
        }
    }
}
