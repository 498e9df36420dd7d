package hearth.common.homeassistant;

/** How a node shows itself; never in both ways at once, or everything would be there twice. */
public enum DiscoveryFormat {
    /** One message a node: Home Assistant 2024.11 and newer, openHAB of 2026 and newer. */
    DEVICE,
    /** One message an entity: also what is older. */
    COMPONENT,
    /** Not at all, and what it showed before is taken back. */
    OFF
}
