package dev.gatehouse.proxy;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.BodyFraming;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.upstream.Upstream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;

/** The request a backend gets, framing made anew (REQ-43). Stateless. */
final class BackendRequest {
    private BackendRequest() {}

    static ClassicHttpRequest of(Exchange exchange, Upstream upstream, RequestBody body) {
        Routed routed = exchange.routed();
        // Not the constructor of two: it takes //x for an authority and forwards another path than was matched
        // (REQ-22).
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(routed.request().method(), null, null, BackendHead.target(routed));
        HeaderSink sink = (name, value) -> request.addHeader(new BasicHeader(name, value));
        BackendHead.write(routed, upstream, exchange.traceId(), sink);
        BodyFraming.write(routed.request(), body.getContentLength(), body.isBuffered(), sink);
        if (!body.isEmpty()) {
            request.setEntity(body);
        }
        return request;
    }
}
