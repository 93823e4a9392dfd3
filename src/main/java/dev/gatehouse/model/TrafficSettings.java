package dev.gatehouse.model;

/**
 * How requests are taken and passed on, as far as the local file decides it. Immutable.
 *
 * @param limits what clients may send and how long they may take (REQ-5, REQ-6)
 * @param buffering how much of a body is kept (REQ-7)
 * @param forwarding where forwarding may differ from what is documented
 * @param affinity the secret behind affinity cookies (REQ-35)
 * @param tokens who issues tokens (REQ-16)
 */
public record TrafficSettings(
        ClientLimits limits,
        BufferingSettings buffering,
        ForwardingSettings forwarding,
        AffinitySettings affinity,
        TokenSettings tokens) {
    /** The defaults. */
    public static final TrafficSettings DEFAULT = new TrafficSettings(
            ClientLimits.DEFAULT,
            BufferingSettings.DEFAULT,
            ForwardingSettings.DEFAULT,
            AffinitySettings.DEFAULT,
            TokenSettings.DEFAULT);
}
