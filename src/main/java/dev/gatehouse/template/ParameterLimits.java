package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a declaration asks of a parameter's value besides its type. Azure refuses a deployment over it; the gateway may be
 * whole all the same, so that here it is only told. Confined to one load.
 *
 * @param name the parameter, as the template spells it
 * @param declaration its object in the template
 * @param problems where to tell
 */
record ParameterLimits(String name, ObjectNode declaration, Problems problems) {
    void check(Node value) {
        if (value instanceof OpenNode) {
            return; // not known yet
        }
        if (!isAllowed(value)) {
            tell(value, "it is none of the allowed values");
        }
        Optional<BigDecimal> size = size(value);
        size.filter(found -> isBeyond(found, "minLength", -1)).ifPresent(found -> tell(value, "it is too short"));
        size.filter(found -> isBeyond(found, "maxLength", 1)).ifPresent(found -> tell(value, "it is too long"));
        Optional<BigDecimal> number = number(value);
        number.filter(found -> isBeyond(found, "minValue", -1)).ifPresent(found -> tell(value, "it is too small"));
        number.filter(found -> isBeyond(found, "maxValue", 1)).ifPresent(found -> tell(value, "it is too large"));
    }

    private boolean isAllowed(Node value) {
        Optional<Node> allowed = declaration.get("allowedValues");
        return !(value instanceof ScalarNode given)
                || !(allowed.orElse(value) instanceof ArrayNode choices)
                || choices.elements().stream()
                        .anyMatch(choice ->
                                choice instanceof ScalarNode one && one.text().equalsIgnoreCase(given.text()));
    }

    private static Optional<BigDecimal> size(Node value) {
        if (value instanceof ArrayNode array) {
            return Optional.of(BigDecimal.valueOf(array.elements().size()));
        }
        return value instanceof ScalarNode scalar && scalar.isText()
                ? Optional.of(BigDecimal.valueOf(scalar.text().length()))
                : Optional.empty();
    }

    private static Optional<BigDecimal> number(Node value) {
        return value instanceof ScalarNode scalar
                        && !scalar.isText()
                        && scalar.text().matches("-?[0-9]{1,30}")
                ? Optional.of(new BigDecimal(scalar.text()))
                : Optional.empty();
    }

    /** Whether a limit is stated and the value lies on the wrong side of it. */
    private boolean isBeyond(BigDecimal found, String limit, int side) {
        return declaration
                .get(limit)
                .flatMap(ParameterLimits::number)
                .filter(bound -> Integer.signum(found.compareTo(bound)) == side)
                .isPresent();
    }

    private void tell(Node value, String cause) {
        problems.azure(
                "CFG-13",
                Kind.RANGE,
                value.place(),
                "Azure refuses this value of the parameter " + Wording.quote(name) + ": " + cause + ".",
                "Give a value that the template's declaration allows.");
    }
}
