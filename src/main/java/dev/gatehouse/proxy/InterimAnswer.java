package dev.gatehouse.proxy;

import dev.gatehouse.exchange.EarlyHints;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.HopByHop;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers before the answer (REQ-46): 103 goes on at once, to clients that may get it (RFC 9110 §15.2); 102 and others
 * are for the gateway alone, for no container could send them. Stateless.
 */
final class InterimAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(InterimAnswer.class);

    private InterimAnswer() {}

    static void pass(ClassicHttpResponse head, Exchange exchange) {
        if (head.getCode() != HttpStatus.SC_EARLY_HINTS
                || exchange.clientRequest().getProtocol().equals("HTTP/1.0")) {
            return;
        }
        try {
            EarlyHints.forward(exchange.clientRequest(), exchange.clientResponse(), endToEnd(head));
        } catch (IOException e) {
            LOG.debug("client did not take 103; the answer will tell", e);
        }
    }

    private static HeaderFields endToEnd(ClassicHttpResponse head) {
        HeaderFields fields = new HeaderFields();
        List<String> named = ClientResponse.namedByConnection(head);
        Iterator<Header> headers = head.headerIterator();
        while (headers.hasNext()) {
            Header header = headers.next();
            String name = header.getName();
            if (!HopByHop.isHopByHop(name)
                    && !name.equalsIgnoreCase("Content-Length")
                    && !HopByHop.contains(named, name)) {
                fields.add(name, header.getValue());
            }
        }
        return fields;
    }
}
