package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.EntraJwtValidationConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Token checks (section 4.17, REQ-16). What is wrong here would let strangers in, so it is refused. Confined to one load. */
final class TokenReader {
    private static final Map<String, Boolean> DENIES = Map.of("Deny", true, "Allow", false);
    private static final Set<String> TENANTS = Set.of("common", "organizations", "consumers");
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int MOST_AUDIENCES = 5;

    private final Problems problems;

    TokenReader(Problems problems) {
        this.problems = problems;
    }

    Optional<EntraJwtValidationConfig> config(String name, ConfigObject object) {
        boolean denies = object.choice("unAuthorizedRequestAction", DENIES).orElse(true);
        Optional<String> tenant = id(object, "tenantId", TENANTS);
        Optional<String> client = id(object, "clientId", Set.of());
        List<String> audiences = object.texts("audiences");
        if (audiences.size() > MOST_AUDIENCES) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    object.placeOf("audiences"),
                    audiences.size() + " audiences, Azure takes " + MOST_AUDIENCES + ".",
                    "Remove some if this goes back to Azure.");
        }
        return tenant.flatMap(t -> client.map(c -> new EntraJwtValidationConfig(name, denies, t, c, audiences)));
    }

    private Optional<String> id(ConfigObject object, String key, Set<String> words) {
        object.require(key);
        Optional<String> id = object.text(key).map(String::strip);
        boolean isGood = id.filter(
                        text -> GUID.matcher(text).matches() || words.stream().anyMatch(text::equalsIgnoreCase))
                .isPresent();
        if (id.isPresent() && !isGood) {
            problems.error(
                    "REQ-16",
                    Kind.RANGE,
                    object.placeOf(key),
                    Wording.quote(id.get()) + " is no id of Entra.",
                    words.isEmpty()
                            ? "Write a GUID."
                            : "Write a GUID, \"common\", \"organizations\" or \"consumers\".");
        }
        return id.filter(text -> isGood);
    }
}
