package hearth.car;

import hearth.common.homeassistant.Entity;
import hearth.common.message.Approach;
import java.util.List;

/** The entities of a car in Home Assistant. */
final class CarEntities {

    private CarEntities() {}

    static List<Entity> of(CarSettings settings) {
        return List.of(
                tracker(settings),
                Entity.sensor("presence", "Presence", Presence.TOPIC)
                        .oneOf(Entity.payloads(Presence.TOPIC.codec(), List.of(Presence.values()))),
                Entity.sensor("distance", "Distance", Distance.TOPIC).measurement("distance", "km"),
                Entity.sensor("eta", "Time to home", Approach.TOPIC)
                        .withValueTemplate("value_json.eta_s | default('None')")
                        .measurement("duration", "s")
                        .availableWhile(Presence.TOPIC, "value == 'approaching'"));
    }

    /**
     * The position of the car if the owner publishes it, else only whether it is at home. Home Assistant 2027 and newer
     * uses {@code in_zones} instead of the state; older versions ignore {@code in_zones}.
     */
    private static Entity tracker(CarSettings settings) {
        Entity tracker = Entity.of("device_tracker", "car", "").with("source_type", "gps");
        if (settings.publishesPosition()) {
            return tracker.with("json_attributes_topic", PositionPublisher.PublishedPosition.TOPIC)
                    .with(
                            "json_attributes_template",
                            "{{ {'latitude': value_json.lat, 'longitude': value_json.lon, 'gps_accuracy':"
                                    + " value_json.acc} | tojson }}");
        }
        return tracker.with("state_topic", Presence.TOPIC)
                .with("payload_not_home", "away")
                .with("json_attributes_topic", Presence.TOPIC)
                .with(
                        "json_attributes_template",
                        "{{ {'in_zones': ['zone.home'] if value == 'home' else []} | tojson }}");
    }
}
