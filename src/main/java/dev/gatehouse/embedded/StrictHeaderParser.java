package dev.gatehouse.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.http.parser.HttpHeaderParser;

/**
 * Tomcat's parser of header fields, which refuses a field on several lines (RFC 9112 §5.2) and lines that end without
 * CR: each line is looked at as it came, before it is parsed. Confined to one connection.
 */
final class StrictHeaderParser extends HttpHeaderParser {
    private final HeaderDataSource source;
    private int looked; // bytes of the present line that hold no line feed

    StrictHeaderParser(HeaderDataSource source, MimeHeaders headers) {
        super(source, headers, false);
        this.source = source;
    }

    @Override
    public void recycle() {
        super.recycle();
        looked = 0;
    }

    @Override
    public HeaderParseStatus parseHeader() throws IOException {
        while (!isLineWhole()) {
            if (!source.fillHeaderBuffer()) {
                return HeaderParseStatus.NEED_MORE_DATA;
            }
        }
        looked = 0;
        return super.parseHeader();
    }

    // Whole is a line with the byte behind it, for only that tells whether the field goes on.
    private boolean isLineWhole() {
        ByteBuffer buffer = source.getHeaderByteBuffer();
        int start = buffer.position();
        int end = start + looked;
        while (end < buffer.limit() && buffer.get(end) != '\n') {
            end++;
        }
        looked = end - start;
        if (end >= buffer.limit()) {
            return false;
        }
        boolean isEmpty = end == start || (end == start + 1 && buffer.get(start) == '\r');
        if (isEmpty) {
            return true;
        }
        if (end + 1 >= buffer.limit()) {
            return false;
        }
        byte next = buffer.get(end + 1);
        if (next == ' ' || next == '\t') {
            throw new IllegalArgumentException("header field on several lines");
        }
        return true;
    }
}
