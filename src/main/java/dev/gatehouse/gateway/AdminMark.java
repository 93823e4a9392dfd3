package dev.gatehouse.gateway;

import jakarta.servlet.ServletRequest;

/**
 * Tells requests that came by the admin socket from all others, where a launcher opened it: no port number could, since
 * the system may have chosen it and another address may have the same one. No client can set it. Stateless.
 */
public final class AdminMark {
    private static final String ATTRIBUTE = AdminMark.class.getName();

    private AdminMark() {}

    /**
     * Marks a request; for the launcher, before any filter.
     *
     * @param request came by the admin socket
     */
    public static void put(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    /**
     * Whether it is marked.
     *
     * @param request any request
     * @return false for all requests of listeners, and in a container that nobody launched for us
     */
    public static boolean isOn(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }
}
