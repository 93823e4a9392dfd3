package dev.gatehouse.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A resource's id in two parts. Immutable.
 *
 * @param type for example {@code Microsoft.Web/sites}; empty if only a name was given
 * @param name names of all levels, joined by slashes
 */
record ResourceId(String type, String name) {

    /** Of a full id, {@code type/name}, or a bare name. */
    static ResourceId of(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        int providers = folded.lastIndexOf("/providers/");
        String[] parts = (providers < 0 ? text : text.substring(providers + "/providers/".length())).split("/", -1);
        boolean isTyped = parts.length >= 3 && parts[0].contains(".");
        if (!isTyped) {
            return new ResourceId("", text);
        }
        StringBuilder type = new StringBuilder(parts[0]);
        List<String> names = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (i % 2 == 1) {
                type.append('/').append(parts[i]);
            } else {
                names.add(parts[i]);
            }
        }
        return new ResourceId(type.toString(), String.join("/", names));
    }
}
