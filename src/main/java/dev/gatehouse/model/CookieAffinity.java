package dev.gatehouse.model;

/**
 * Cookie-based affinity (REQ-35). Immutable.
 *
 * @param enabled default false
 * @param cookieName default {@code ApplicationGatewayAffinity}; its twin has {@code CORS} appended
 */
public record CookieAffinity(boolean enabled, String cookieName) {
    /** Off. */
    public static final CookieAffinity OFF = new CookieAffinity(false, "ApplicationGatewayAffinity");

    public CookieAffinity {
        Checks.named("affinityCookieName", cookieName);
    }
}
