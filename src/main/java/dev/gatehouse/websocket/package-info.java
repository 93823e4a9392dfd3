/**
 * Native WebSocket: the backend is dialled first, over our own client (handshake, frames, TLS, back-pressure), then the
 * container upgrades the client, and a {@link dev.gatehouse.websocket.Bridge} passes messages between both sessions
 * until one of them closes. Alone in naming {@code jakarta.websocket}.
 */
@NullMarked
package dev.gatehouse.websocket;

import org.jspecify.annotations.NullMarked;
