package dev.gatehouse.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Asks by HTTP, as Azure does, and judges the answer. Confined to the socket thread. */
final class HttpProbe implements AsyncClientExchangeHandler {
    private final ProbeExchange exchange;
    private final ProbeRequest request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;
    private int status;

    HttpProbe(ProbeExchange exchange) {
        this.exchange = exchange;
        this.request = exchange.request();
    }

    @Override
    public void failed(Exception cause) {
        exchange.failed(cause);
    }

    @Override
    public void cancel() {
        exchange.cancel();
    }

    @Override
    public void releaseResources() {
        exchange.cancel();
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        exchange.enter(ProbePhase.HEAD);
        BasicHttpRequest head = new BasicHttpRequest("GET", null, null, request.path());
        head.addHeader("Host", request.hostHeader());
        head.addHeader("User-Agent", "Gatehouse-Probe");
        head.addHeader("Accept", "*/*");
        head.addHeader("Connection", "close");
        channel.sendRequest(head, null, context);
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void produce(DataStreamChannel channel) {}

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) {}

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
        status = response.getCode();
        if (!ProbeJudge.needsBody(request, status)) {
            exchange.finish(ProbeJudge.status(request, status));
        } else if (entity == null) {
            judgeBody();
        } else {
            exchange.enter(ProbePhase.BODY);
            charset = charset(entity);
        }
    }

    private static Charset charset(EntityDetails entity) {
        ContentType type = ContentType.parseLenient(entity.getContentType());
        Charset declared = type == null ? null : type.getCharset();
        return declared == null ? StandardCharsets.UTF_8 : declared;
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) {
        byte[] part = new byte[Math.min(source.remaining(), ProbeJudge.MAX_BODY_BYTES - body.size())];
        source.get(part);
        body.write(part, 0, part.length);
        if (body.size() == ProbeJudge.MAX_BODY_BYTES) {
            judgeBody();
        }
        source.position(source.limit()); // nothing beyond the limit is of interest
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        judgeBody();
    }

    private void judgeBody() {
        if (!exchange.isDone()) {
            exchange.finish(ProbeJudge.body(request, status, body.toByteArray(), charset));
        }
    }
}
