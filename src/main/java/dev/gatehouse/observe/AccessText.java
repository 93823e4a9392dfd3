package dev.gatehouse.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Common and Combined Log Format, as Apache and nginx write them. Sessions have one line, at their end. Confined to one
 * thread.
 */
final class AccessText implements AccessFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);

    private final OutputStream out;
    private final boolean isCombined;
    private final Scrub scrub;
    private final StringBuilder text = new StringBuilder(256);
    private long formattedSecond = Long.MIN_VALUE;
    private String formattedTime = "";

    /**
     * Creates one.
     *
     * @param out where the lines go
     * @param isCombined whether lines end with referrer and user agent
     * @param scrub hides values of queries
     */
    AccessText(OutputStream out, boolean isCombined, Scrub scrub) {
        this.out = out;
        this.isCombined = isCombined;
        this.scrub = scrub;
    }

    @Override
    public void write(AccessLine line) throws IOException {
        AccessLine.Asked request = line.request();
        begin(line.client().address(), line.endMillis());
        text.append('"');
        escape(request.method());
        text.append(' ');
        escape(scrub.target(request.originalTarget()));
        text.append(' ');
        escape(request.protocol());
        text.append("\" ")
                .append(line.answer().status())
                .append(' ')
                .append(line.answer().bytes());
        end(line.client().referrer(), line.client().userAgent());
    }

    @Override
    public void write(SessionLine line) throws IOException {
        @Nullable SessionEnd end = line.end();
        if (end == null) {
            return;
        }
        begin(line.start().clientIp(), line.millis());
        text.append("\"GET ");
        escape(line.start().requestUri());
        text.append(" HTTP/1.1\" ").append(SessionLine.STATUS).append(' ').append(end.sentBytes());
        end(null, null);
    }

    private void begin(String address, long millis) {
        text.setLength(0);
        text.append(address).append(" - - [").append(time(millis)).append("] ");
    }

    private String time(long millis) {
        long second = Math.floorDiv(millis, 1000L);
        if (second != formattedSecond) {
            formattedSecond = second;
            formattedTime = TIME.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        }
        return formattedTime;
    }

    private void end(@Nullable String referrer, @Nullable String userAgent) throws IOException {
        if (isCombined) {
            text.append(" \"");
            escape(referrer == null ? "-" : referrer);
            text.append("\" \"");
            escape(userAgent == null ? "-" : userAgent);
            text.append('"');
        }
        text.append('\n');
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    // What could end the quoted part or the line is written as nginx writes it.
    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == 127) {
                text.append(String.format("\\x%02X", (int) c));
            } else {
                text.append(c);
            }
        }
    }
}
