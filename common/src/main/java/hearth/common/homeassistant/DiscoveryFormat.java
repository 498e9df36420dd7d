package hearth.common.homeassistant;

/** The format of a node's discovery messages. Only one at a time, or Home Assistant shows each entity twice. */
public enum DiscoveryFormat {
    /** One message per node: Home Assistant 2024.11 or newer, openHAB 2026 or newer. */
    DEVICE,
    /** One message per entity: also for older versions. */
    COMPONENT,
    /** No discovery messages; those published before are removed. */
    OFF
}
