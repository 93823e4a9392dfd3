package dev.gatehouse.proxy;

import dev.gatehouse.exchange.AnswerFields;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.HopByHop;
import dev.gatehouse.exchange.ResponseRewrite;
import dev.gatehouse.exchange.TrailerFields;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.jspecify.annotations.Nullable;

/** Head and trailers of a backend's answer on their way to the client, copied once (REQ-42, REQ-43, REQ-46). Stateless. */
final class ClientResponse {
    private static final int STATUS_LINE = "HTTP/1.1 200 \r\n\r\n".length();
    private static final int FIELD_ENDS = ": \r\n".length();

    private ClientResponse() {}

    static void writeHead(ClassicHttpResponse answer, Exchange exchange) {
        HttpServletResponse response = exchange.clientResponse();
        response.setStatus(answer.getCode());
        AnswerFields.setReason(exchange.clientRequest(), answer.getReasonPhrase());
        HeaderSink client = AnswerFields.of(exchange.clientRequest(), response);
        @Nullable Header type = answer.getFirstHeader("Content-Type");
        exchange.record().contentType(type == null ? null : type.getValue());
        List<String> cookies = exchange.affinityCookies();
        @Nullable ResponseRewrite rewrite = exchange.responseRewrite();
        if (rewrite == null) {
            exchange.record().sentHead(STATUS_LINE + copyFields(answer, client));
            for (String cookie : cookies) {
                response.addHeader("Set-Cookie", cookie); // REQ-35
            }
            return;
        }
        HeaderFields fields = new HeaderFields();
        exchange.record().sentHead(STATUS_LINE + copyFields(answer, fields));
        HeaderFields own = new HeaderFields(); // seen by matchers alone
        cookies.forEach(cookie -> own.add("Set-Cookie", cookie));
        rewrite.apply(answer.getCode(), fields, own); // REQ-30
        fields.writeTo(client);
        own.writeTo(client);
    }

    /** To the client at once, or where they are gathered to be rewritten; how many bytes they take. */
    private static long copyFields(ClassicHttpResponse answer, HeaderSink sink) {
        List<String> named = namedByConnection(answer);
        // RFC 9112 §6.3: where both stand the coding counts, and the length may be a lie about what we pass on. RFC
        // 9110
        // §8.6: none in 204.
        boolean dropsLength = answer.containsHeader("Transfer-Encoding") || answer.getCode() == 204;
        long bytes = 0;
        Iterator<Header> headers = answer.headerIterator();
        while (headers.hasNext()) {
            Header header = headers.next();
            String name = header.getName();
            boolean isDropped = HopByHop.isHopByHop(name) || (dropsLength && name.equalsIgnoreCase("Content-Length"));
            if (!isDropped && (named.isEmpty() || !HopByHop.contains(named, name))) {
                sink.add(name, header.getValue());
                bytes += name.length() + header.getValue().length() + FIELD_ENDS;
            }
        }
        return bytes;
    }

    static List<String> namedByConnection(ClassicHttpResponse answer) {
        List<String> named = List.of();
        Iterator<Header> connection = answer.headerIterator("Connection");
        while (connection.hasNext()) {
            named = HopByHop.collect(connection.next().getValue(), named);
        }
        return named;
    }

    /**
     * Has the answer's trailers sent behind its body, if the client takes any: it says so, or the backend announces
     * them to a client that knows chunks. True if that is so; the answer must then not become one with a length.
     */
    static boolean passTrailers(ClassicHttpResponse answer, Exchange exchange) throws IOException {
        @Nullable HttpEntity body = answer.getEntity();
        if (body == null || !body.isChunked() || !takesTrailers(answer, exchange)) {
            return false;
        }
        List<String> announced = announced(answer);
        HttpServletResponse response = exchange.clientResponse();
        if (!announced.isEmpty()) {
            response.setHeader("Trailer", String.join(", ", announced));
        }
        InputStream content = body.getContent();
        response.setTrailerFields(() -> trailers(content));
        return true;
    }

    private static boolean takesTrailers(ClassicHttpResponse answer, Exchange exchange) {
        return !exchange.clientRequest().getProtocol().equals("HTTP/1.0")
                && (answer.containsHeader("Trailer")
                        || TrailerFields.isWantedBy(exchange.routed().request()));
    }

    private static List<String> announced(ClassicHttpResponse answer) {
        List<String> names = new ArrayList<>();
        Iterator<Header> fields = answer.headerIterator("Trailer");
        while (fields.hasNext()) {
            names.addAll(TrailerFields.announced(fields.next().getValue()));
        }
        return names;
    }

    // HttpCore keeps them in the stream they came with, and tells nobody.
    private static Map<String, String> trailers(InputStream read) {
        Map<String, String> trailers = new HashMap<>();
        if (read instanceof ChunkedInputStream chunks) {
            for (Header field : chunks.getFooters()) {
                if (TrailerFields.mayFollow(field.getName())) {
                    trailers.merge(field.getName(), field.getValue(), (first, next) -> first + ", " + next);
                }
            }
        }
        return trailers;
    }
}
