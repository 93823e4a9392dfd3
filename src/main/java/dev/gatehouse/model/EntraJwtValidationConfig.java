package dev.gatehouse.model;

import java.util.List;

/**
 * Which bearer tokens a rule asks for (section 4.17, REQ-16). Immutable.
 *
 * @param name unique name
 * @param deniesUnauthorized answer 401 or 403 without a good token; otherwise the request passes without an identity
 *     header. Default true
 * @param tenantId a GUID, {@code common}, {@code organizations} or {@code consumers}
 * @param clientId a GUID, itself an audience
 * @param audiences further audiences
 */
public record EntraJwtValidationConfig(
        String name, boolean deniesUnauthorized, String tenantId, String clientId, List<String> audiences) {
    public EntraJwtValidationConfig {
        Checks.named("entraJWTValidationConfigs.name", name);
        audiences = List.copyOf(audiences);
    }
}
