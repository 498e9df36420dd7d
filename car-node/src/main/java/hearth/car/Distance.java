package hearth.car;

import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;

/** The distance of the car from home in whole kilometres: enough for planning, too little to follow a person. */
record Distance(long km) {

    static final Topic<Distance> TOPIC = Topic.state(
            "distance",
            1,
            PayloadCodec.NUMBER.map(
                    km -> {
                        if (km < 0 || km != Math.rint(km)) {
                            throw new Malformed("expected whole kilometres, 0 or more");
                        }
                        return new Distance(km.longValue());
                    },
                    distance -> new Payload.Text(Long.toString(distance.km))),
            "straight-line distance from home in whole kilometres, such as `12`");
}
