package dev.gatehouse.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/**
 * What a client sends, for as long as the application is there. A client that sends a little now and then would hold the
 * container's thread, and with it an application that was undeployed, for as long as it likes. Confined to one exchange.
 */
final class ClientBody extends InputStream {
    private final InputStream client;
    private final BooleanSupplier isStopping;

    ClientBody(InputStream client, BooleanSupplier isStopping) {
        this.client = client;
        this.isStopping = isStopping;
    }

    @Override
    public int read() throws IOException {
        checkStopping();
        return client.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        checkStopping();
        return client.read(bytes, offset, length);
    }

    private void checkStopping() throws StoppingException {
        if (isStopping.getAsBoolean()) {
            throw new StoppingException();
        }
    }

    @Override
    public int available() throws IOException {
        return client.available();
    }
}
