package dev.gatehouse.health;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.tls.BackendHandshake;
import java.util.Optional;

/**
 * What TLS with one member of a pool comes to, asked as its probe would. Immutable.
 *
 * @param pool name of the pool
 * @param settings by which it is asked
 * @param member as configured, with the address it was dialled at where that differs
 * @param serverName SNI sent, and the name the certificate must have; empty if only an IP address is known
 * @param nameFrom which setting the name is from
 * @param checks what is compared, in plain words
 * @param handshake what was seen; empty if there is no address to connect to
 * @param refusal why it is refused, in the words of its probe; empty if it is accepted
 * @param cure what to do about it; empty if it is accepted
 */
public record BackendTlsFinding(
        String pool,
        BackendHttpSettings settings,
        String member,
        Optional<String> serverName,
        String nameFrom,
        String checks,
        Optional<BackendHandshake> handshake,
        Optional<String> refusal,
        Optional<String> cure) {}
