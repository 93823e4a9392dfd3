package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RedirectType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Redirects (section 4.12, VAL-22). Confined to one load. */
final class RedirectReader {
    private static final Map<String, RedirectType> TYPES = new LinkedHashMap<>();

    static {
        Arrays.stream(RedirectType.values()).forEach(type -> TYPES.put(type.azureName(), type));
    }

    private final Table<HttpListener> listeners;
    private final Problems problems;

    RedirectReader(Table<HttpListener> listeners, Problems problems) {
        this.listeners = listeners;
        this.problems = problems;
    }

    Optional<RedirectConfiguration> redirect(String name, ConfigObject object) {
        object.require("redirectType");
        Optional<RedirectType> type = object.choice("redirectType", TYPES);
        boolean hasOneTarget = hasOneTarget(object, object.isStated("targetListener"), object.isStated("targetUrl"));
        Optional<HttpListener> listener = object.reference("targetListener").flatMap(listeners::resolve);
        Optional<String> url = object.text("targetUrl").map(String::strip);
        listener.ifPresent(target -> checkListener(target, object));
        Optional<String> goodUrl = url.filter(text -> isAbsolute(text, object));
        boolean includePath = include(object, "includePath");
        boolean includeQuery = include(object, "includeQueryString");
        if (type.isEmpty() || !hasOneTarget || (listener.isEmpty() && goodUrl.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new RedirectConfiguration(
                name, type.get(), listener.orElse(null), goodUrl.orElse(null), includePath, includeQuery));
    }

    private boolean hasOneTarget(ConfigObject object, boolean hasListener, boolean hasUrl) {
        if (hasListener != hasUrl) {
            return true;
        }
        problems.error(
                "VAL-22",
                hasUrl ? Kind.CONFLICT : Kind.MISSING,
                hasUrl ? object.placeOf("targetUrl") : object.place(),
                hasUrl ? "the redirect has two targets, a listener and a URL." : "the redirect has no target.",
                "Give it either targetListener or targetUrl.");
        return false;
    }

    private void checkListener(HttpListener target, ConfigObject object) {
        boolean isOneHost =
                target.hostNames().size() <= 1 && target.hostNames().stream().noneMatch(HostText::hasWildcard);
        if (!isOneHost) {
            problems.error(
                    "VAL-22",
                    Kind.CONFLICT,
                    object.placeOf("targetListener"),
                    "the listener " + Wording.quote(target.name())
                            + " has several host names or a wildcard, so the redirect would have no one host to name.",
                    "Redirect to a listener with one host name or none, or use targetUrl.");
        }
    }

    private boolean isAbsolute(String text, ConfigObject object) {
        try {
            URI url = new URI(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb && url.getRawAuthority() != null) {
                return true;
            }
            refuseUrl(text, "it is not absolute", object);
        } catch (URISyntaxException e) {
            refuseUrl(text, e.getReason(), object);
        }
        return false;
    }

    private void refuseUrl(String text, String cause, ConfigObject object) {
        problems.error(
                "VAL-22",
                Kind.RANGE,
                object.placeOf("targetUrl"),
                Wording.quote(text) + " is no URL to redirect to: " + cause + ".",
                "Write an absolute URL that starts with http:// or https://.");
    }

    /** REQ-25: observed in Azure, but its documentation is silent, so say it. */
    private boolean include(ConfigObject object, String name) {
        if (!object.has(name)) {
            problems.warn(
                    "REQ-25",
                    Kind.MISSING,
                    object.placeOf(name),
                    "it is not set; true is assumed, as Azure was seen to do.",
                    "Set it to true or false.");
        }
        return object.flag(name, true);
    }
}
