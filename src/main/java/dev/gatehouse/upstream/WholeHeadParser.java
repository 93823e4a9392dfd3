package dev.gatehouse.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.LazyLineParser;

/**
 * Reads the head of an answer, whole. HttpCore takes the end of the stream for the end of the head, and would make a
 * clean, empty answer of one that broke off (RFC 9112 §8, REQ-38). Confined to one connection.
 */
final class WholeHeadParser extends DefaultHttpResponseParser {
    private boolean hasAnswered;

    WholeHeadParser(Http1Config config) {
        super(config, LazyLineParser.INSTANCE, null);
    }

    /** The caller made sure that nothing was left of the answer before. */
    void expectsNextAnswer() {
        hasAnswered = false;
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        if (hasAnswered && buffer.length() > 0) {
            throw new ConnectionClosedException("the answer before this one was longer than it said");
        }
        ClassicHttpResponse answer = super.parse(buffer, new EndReporting(in, buffer.length() > 0));
        hasAnswered = answer != null && answer.getCode() >= 200; // what follows an interim answer is expected
        return answer;
    }

    /** An end before the first byte is told as such, any later one is an error. */
    private static final class EndReporting extends FilterInputStream {
        private boolean begun;

        EndReporting(InputStream in, boolean begun) {
            super(in);
            this.begun = begun;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = readOrBreak(bytes, offset, length);
            if (count < 0 && begun) {
                throw new BrokenHeadException(null);
            }
            begun = true;
            return count;
        }

        private int readOrBreak(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (SocketException e) {
                throw begun ? new BrokenHeadException(e) : e;
            }
        }
    }
}
