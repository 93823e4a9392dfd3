package dev.gatehouse.template;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import java.util.List;
import java.util.Optional;

/**
 * What a template gets from outside. Immutable, but for the collector of problems.
 *
 * @param parameters in an ARM parameter file's form (name to {@code {"value": ...}}), strongest first
 * @param scope the local file's {@code scope}
 * @param references the local file's {@code references}
 * @param linked finds linked templates among the files here
 * @param problems where faults go that are not tied to one value
 */
public record TemplateInputs(
        List<ObjectNode> parameters,
        Optional<ObjectNode> scope,
        Optional<ObjectNode> references,
        LinkedTemplates linked,
        Problems problems) {
    public TemplateInputs {
        parameters = List.copyOf(parameters);
    }
}
