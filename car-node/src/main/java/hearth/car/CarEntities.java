package hearth.car;

import hearth.common.homeassistant.Entity;
import hearth.common.message.Approach;
import java.util.List;

/** What a car shows to Home Assistant. */
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
     * Where the car is: at home or not, unless the owner tells its place to the house. What is told of {@code in_zones} is
     * for Home Assistant of 2027 and newer, which does without a state; what is older knows nothing of zones.
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
