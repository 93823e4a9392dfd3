package dev.gatehouse.explain;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.explain.Explanation.BackendHeadText;
import dev.gatehouse.explain.Explanation.Member;
import dev.gatehouse.explain.Explanation.Reason;
import dev.gatehouse.explain.Explanation.Redirected;
import dev.gatehouse.explain.Explanation.Rewrite;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what the steps of one explanation find. Confined to one explanation. */
final class Account {
    private final DescribedRequest asked;
    private final List<Reason> reasons = new ArrayList<>();
    private List<Member> members = List.of();
    private List<Rewrite> rewrites = List.of();
    private @Nullable ListenAddress socket;
    private @Nullable String listener;
    private @Nullable String rule;
    private @Nullable String pathRule;
    private @Nullable String pool;
    private @Nullable String settings;

    Account(DescribedRequest asked) {
        this.asked = asked;
    }

    void because(Step step, Optional<Origin> origin, String text) {
        reasons.add(new Reason(step, origin.orElse(null), text));
    }

    void because(Step step, String text) {
        because(step, Optional.empty(), text);
    }

    void socket(ListenAddress address) {
        socket = address;
    }

    void listener(String name) {
        listener = name;
    }

    void rule(String name, @Nullable String nameOfPathRule) {
        rule = name;
        pathRule = nameOfPathRule;
    }

    void rewrites(List<Rewrite> all) {
        rewrites = all;
    }

    void pool(String name, String nameOfSettings) {
        pool = name;
        settings = nameOfSettings;
    }

    void members(List<Member> all) {
        members = all;
    }

    Explanation forwarded(BackendHeadText head) {
        return end(true, null, null, head);
    }

    Explanation redirected(Redirected redirect) {
        return end(true, redirect.status(), redirect, null);
    }

    Explanation refused(Step step, ExchangeFailure failure, boolean isV1) {
        int status = failure.status(isV1);
        because(step, "refused with " + status + ": " + failure.words());
        return end(false, status, null, null);
    }

    /** The client gets no HTTP answer: nobody listens, or TLS fails. */
    Explanation unanswered(Step step, String text) {
        because(step, text);
        return end(false, null, null, null);
    }

    /** A server that speaks the listener's protocol refuses it before the gateway sees it. */
    Explanation refused(Step step, int status, String text) {
        because(step, "refused with " + status + ": " + text);
        return end(false, status, null, null);
    }

    private Explanation end(
            boolean isRouted, @Nullable Integer status, @Nullable Redirected redirect, @Nullable BackendHeadText head) {
        return new Explanation(
                asked, isRouted, status, socket, listener, rule, pathRule, rewrites, redirect, pool, settings, members,
                head, reasons);
    }
}
