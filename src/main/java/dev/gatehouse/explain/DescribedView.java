package dev.gatehouse.explain;

import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Protocol;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A described request as the gateway's decisions see it, once it is known on which socket it arrives. Immutable.
 *
 * @param described what was described
 * @param socket the local socket it arrives on
 * @param identity whom its token names; null for nobody
 */
record DescribedView(
        DescribedRequest described,
        ListenAddress socket,
        @Nullable String identity) implements RequestView {
    DescribedView(DescribedRequest described, ListenAddress socket) {
        this(described, socket, null);
    }

    @Override
    public String method() {
        return described.method();
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public String path() {
        return described.parsed().path();
    }

    @Override
    public @Nullable String query() {
        return described.parsed().query();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public Enumeration<String> headers(String name) {
        return Collections.enumeration(values(name));
    }

    private List<String> values(String name) {
        return described.fields().stream()
                .filter(field -> field.is(name))
                .map(HeaderField::value)
                .toList();
    }

    @Override
    public Enumeration<String> headerNames() {
        Map<String, String> names = new LinkedHashMap<>();
        described.fields().forEach(field -> names.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field.name()));
        return Collections.enumeration(names.values());
    }

    @Override
    public void eachField(HeaderSink sink) {
        described.fields().forEach(field -> sink.add(field.name(), field.value()));
    }

    @Override
    public long contentLength() {
        @Nullable String length = header("Content-Length");
        return length == null || header("Transfer-Encoding") != null ? -1 : Long.parseLong(length);
    }

    @Override
    public String serverName() {
        return described.parsed().host();
    }

    @Override
    public String serverNameIndication() {
        boolean isNamed = described.parsed().protocol() == Protocol.HTTPS && !HostText.isIpLiteral(serverName());
        return isNamed ? serverName() : ""; // as clients do: the host of the URL, no address (RFC 6066 section 3)
    }

    @Override
    public String remoteAddress() {
        return described.client().address();
    }

    @Override
    public int remotePort() {
        return described.client().port();
    }

    @Override
    public String localAddress() {
        return socket.address();
    }

    @Override
    public int localPort() {
        return socket.port();
    }
}
