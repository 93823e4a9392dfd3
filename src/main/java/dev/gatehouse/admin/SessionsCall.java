package dev.gatehouse.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HostText;
import dev.gatehouse.observe.SessionStart;
import dev.gatehouse.websocket.SessionView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code /sessions} and {@code /sessions/{id}}: the WebSocket sessions that are open. Thread-safe. */
final class SessionsCall {
    static final String PATH = "/sessions/";

    private static final int USUAL_LIMIT = 1000;
    private static final int MOST = 100_000;
    private static final int USUAL_CODE = 1001;
    private static final String USUAL_REASON = "closed by an operator";
    private static final Map<String, Function<SessionView, String>> FILTERS = filters();
    private static final List<String> LIST_NAMES =
            Stream.concat(FILTERS.keySet().stream(), Stream.of("limit")).toList();
    private static final List<String> END_NAMES = List.of("code", "reason");

    private final LiveSessions sessions;

    SessionsCall(LiveSessions sessions) {
        this.sessions = sessions;
    }

    private static Map<String, Function<SessionView, String>> filters() {
        Map<String, Function<SessionView, String>> filters = new LinkedHashMap<>();
        filters.put("listener", session -> session.start().listener());
        filters.put("rule", session -> session.start().rule());
        filters.put("pool", session -> session.start().pool());
        filters.put("backend", session -> session.start().backend());
        filters.put("mode", session -> session.start().mode());
        return filters;
    }

    /** The oldest first. */
    AdminAnswer list(HttpServletRequest request) throws BadCallException {
        AdminQuery query = AdminQuery.of(request.getQueryString());
        List<String> problems = new ArrayList<>();
        query.check(LIST_NAMES, problems);
        int limit = number(query, "limit", USUAL_LIMIT, MOST, problems);
        Map<Function<SessionView, String>, String> wanted = new LinkedHashMap<>();
        FILTERS.forEach((name, part) -> query.one(name, problems).ifPresent(value -> wanted.put(part, value)));
        throwIfAny(problems);
        List<SessionView> found = sessions.views().stream()
                .filter(session -> wanted.entrySet().stream()
                        .allMatch(each -> each.getKey().apply(session).equalsIgnoreCase(each.getValue())))
                .sorted(Comparator.comparing(SessionView::age).reversed())
                .toList();
        return AdminAnswer.ok(json -> {
            json.writeStartObject();
            json.writeNumberField("open", found.size());
            json.writeArrayFieldStart("sessions");
            for (SessionView session : found.subList(0, Math.min(limit, found.size()))) {
                write(json, session);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    AdminAnswer one(HttpServletRequest request) throws BadCallException {
        List<String> problems = new ArrayList<>();
        AdminQuery.of(request.getQueryString()).check(List.of(), problems);
        throwIfAny(problems);
        String id = id(request);
        return sessions.views().stream()
                .filter(session -> session.start().traceId().equals(id))
                .findFirst()
                .map(session -> AdminAnswer.ok(json -> write(json, session)))
                .orElseGet(SessionsCall::unknown);
    }

    /** Tells both sides a Close; returns without waiting for them. */
    AdminAnswer end(HttpServletRequest request) throws BadCallException {
        AdminQuery query = AdminQuery.of(request.getQueryString());
        List<String> problems = new ArrayList<>();
        query.check(END_NAMES, problems);
        int code = number(query, "code", USUAL_CODE, 4999, problems);
        String reason = query.one("reason", problems).orElse(USUAL_REASON);
        throwIfAny(problems);
        String id = id(request);
        try {
            if (!sessions.end(id, code, reason)) {
                return unknown();
            }
        } catch (IllegalArgumentException e) {
            throw new BadCallException(List.of(e.getMessage()));
        }
        return new AdminAnswer(HttpServletResponse.SC_ACCEPTED, Map.of(), json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeNumberField("code", code);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    private static AdminAnswer unknown() {
        return AdminAnswer.error(HttpServletResponse.SC_NOT_FOUND, "No open session has this id.");
    }

    private static String id(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length() + PATH.length());
    }

    private static int number(AdminQuery query, String name, int usual, int most, List<String> problems) {
        Optional<String> text = query.one(name, problems);
        if (text.isEmpty()) {
            return usual;
        }
        if (text.get().matches("[0-9]{1,6}") && Integer.parseInt(text.get()) <= most) {
            return Integer.parseInt(text.get());
        }
        problems.add(name + ": " + Wording.quote(text.get()) + " (expected: a number up to " + most + ").");
        return usual;
    }

    private static void throwIfAny(List<String> problems) throws BadCallException {
        if (!problems.isEmpty()) {
            throw new BadCallException(problems);
        }
    }

    private static void write(JsonGenerator json, SessionView session) throws IOException {
        json.writeStartObject();
        writeStart(json, session.start());
        json.writeNumberField("generation", session.generation());
        json.writeNumberField("ageSeconds", seconds(session.age()));
        json.writeNumberField("idleSeconds", seconds(session.idle()));
        json.writeNumberField("messagesIn", session.messagesIn());
        json.writeNumberField("messagesOut", session.messagesOut());
        json.writeNumberField("receivedBytes", session.receivedBytes());
        json.writeNumberField("sentBytes", session.sentBytes());
        writeRtt(json, "clientRttMillis", session.clientRtt());
        writeRtt(json, "backendRttMillis", session.backendRtt());
        json.writeBooleanField("ending", session.isEnding());
        json.writeEndObject();
    }

    private static void writeStart(JsonGenerator json, SessionStart start) throws IOException {
        json.writeStringField("id", start.traceId());
        json.writeStringField("mode", start.mode());
        json.writeStringField("client", HostText.join(start.clientIp(), start.clientPort()));
        json.writeStringField("listener", start.listener());
        json.writeStringField("rule", start.rule());
        json.writeStringField("pool", start.pool());
        json.writeStringField("settings", start.settings());
        json.writeStringField("backend", start.backend());
        json.writeStringField("host", start.host());
        json.writeStringField("path", start.requestUri());
        json.writeStringField("subprotocol", start.subprotocol());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void writeRtt(JsonGenerator json, String name, Optional<Duration> rtt) throws IOException {
        if (rtt.isPresent()) {
            json.writeNumberField(name, rtt.get().toNanos() / 1_000_000.0);
        } else {
            json.writeNullField(name);
        }
    }
}
