package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.ClientTls;
import dev.gatehouse.exchange.RequestView;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A request of a method, a target and fields, each as {@code Name: value}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asked(String method, String target, ClientTls tls, String... fields) implements RequestView {
    static Asked get(String target, String... fields) {
        return new Asked("GET", target, ClientTls.NONE, fields);
    }

    private List<String> values(String name) {
        return Arrays.stream(fields)
                .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(field -> field.substring(name.length() + 1).strip())
                .toList();
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public String path() {
        return target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
    }

    @Override
    public String query() {
        return target.indexOf('?') < 0 ? null : target.substring(target.indexOf('?') + 1);
    }

    @Override
    public String header(String name) {
        return values(name).stream().findFirst().orElse(null);
    }

    @Override
    public Enumeration<String> headers(String name) {
        return Collections.enumeration(values(name));
    }

    @Override
    public Enumeration<String> headerNames() {
        return Collections.enumeration(Arrays.stream(fields)
                .map(field -> field.substring(0, field.indexOf(':')))
                .distinct()
                .toList());
    }

    @Override
    public long contentLength() {
        return header("Content-Length") == null ? -1 : Long.parseLong(header("Content-Length"));
    }

    @Override
    public String serverName() {
        return "shop.example";
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public int remotePort() {
        return 4711;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return tls.equals(ClientTls.NONE) ? 8000 : 8443;
    }
}
