package dev.gatehouse.proxy;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.upstream.Upstream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;

/** The request a backend gets, framing made anew (REQ-43). Stateless. */
final class BackendRequest {
    private BackendRequest() {}

    static ClassicHttpRequest of(Exchange exchange, Upstream upstream, RequestBody body) {
        String method = exchange.clientRequest().getMethod();
        // Not the constructor of two: it takes //x for an authority and forwards another path than was matched
        // (REQ-22).
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, null, null, BackendHead.target(exchange));
        BackendHead.write(exchange, upstream, (name, value) -> request.addHeader(new BasicHeader(name, value)));
        if (body.getContentLength() < 0) {
            request.addHeader(new BasicHeader("Transfer-Encoding", "chunked"));
        } else if (body.isAnnounced()) {
            request.addHeader(new BasicHeader("Content-Length", Long.toString(body.getContentLength())));
        }
        if (!body.isEmpty()) {
            request.setEntity(body);
        }
        return request;
    }
}
