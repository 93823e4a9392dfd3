package dev.gatehouse.explain;

import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a request, and why. Parts that the request did not reach are absent. Immutable.
 *
 * @param asked the request
 * @param isRouted whether it is forwarded or redirected; false if it is refused
 * @param status what the gateway itself answers: of a redirect or a refusal; absent if a backend answers, or if the
 *     client gets no HTTP answer at all
 * @param socket the local socket it arrives on; absent if nothing listens on the port
 * @param listener name of the listener
 * @param rule name of the rule
 * @param pathRule name of the path rule; absent where a map's default or a Basic rule decides
 * @param rewrites every rewrite rule that was asked, in running order
 * @param redirect where the client is sent
 * @param pool name of the pool
 * @param settings name of the backend settings
 * @param members the pool's members, in file order; health is not known here
 * @param backendRequest what the first of them would get
 * @param because the reasons, in the order of the steps
 */
public record Explanation(
        DescribedRequest asked,
        boolean isRouted,
        @Nullable Integer status,
        @Nullable ListenAddress socket,
        @Nullable String listener,
        @Nullable String rule,
        @Nullable String pathRule,
        List<Rewrite> rewrites,
        @Nullable Redirected redirect,
        @Nullable String pool,
        @Nullable String settings,
        List<Member> members,
        @Nullable BackendHeadText backendRequest,
        List<Reason> because) {
    public Explanation {
        rewrites = List.copyOf(rewrites);
        members = List.copyOf(members);
        because = List.copyOf(because);
    }

    /**
     * One rewrite rule.
     *
     * @param rule its name
     * @param conditions its conditions, in the order of the file
     * @param applied whether it runs; absent if the answer decides
     */
    public record Rewrite(
            String rule,
            List<Condition> conditions,
            @Nullable Boolean applied) {
        public Rewrite {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * One condition of a rewrite rule.
     *
     * @param variable as files spell it
     * @param value what it looks at; absent if only the answer tells
     * @param matched whether it holds, negation included; absent if only the answer tells
     */
    public record Condition(
            String variable,
            @Nullable String value,
            @Nullable Boolean matched) {}

    /**
     * The answer of a redirect.
     *
     * @param status 301, 302, 303 or 307
     * @param location where to, still encoded
     */
    public record Redirected(int status, String location) {}

    /**
     * One backend.
     *
     * @param configured host and port as the gateway file and the settings have it
     * @param dialled where connections really go, after the local address map
     */
    public record Member(String configured, String dialled) {}

    /**
     * The head of the request that a backend gets.
     *
     * @param line the request line
     * @param headers the fields, in the order of the wire
     */
    public record BackendHeadText(String line, List<HeaderField> headers) {
        public BackendHeadText {
            headers = List.copyOf(headers);
        }
    }

    /**
     * One reason.
     *
     * @param step what it is a reason for
     * @param origin the element that decided; absent if no file said anything
     * @param text the reason in words
     */
    public record Reason(Step step, @Nullable Origin origin, String text) {}
}
