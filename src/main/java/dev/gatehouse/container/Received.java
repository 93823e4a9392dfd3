package dev.gatehouse.container;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;

/** The request as the container gave it, whatever filters put around it. Stateless. */
final class Received {
    private Received() {}

    static ServletRequest within(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }
}
