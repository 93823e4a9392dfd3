package dev.gatehouse.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers one client's handshake as its backend answered ours (T1, WS-14, WS-40). Confined to one exchange. */
final class UpgradeConfigurator extends ServerEndpointConfig.Configurator {
    private final ClientEndpoint endpoint;
    private final String subprotocol;
    private final List<ResponseHead.Field> fields;
    private final boolean mayCompress;

    /**
     * Creates one.
     *
     * @param subprotocol chosen by the backend, or empty
     * @param fields the backend's end-to-end fields
     * @param mayCompress whether permessage-deflate may be negotiated (WS-41)
     */
    UpgradeConfigurator(
            ClientEndpoint endpoint, String subprotocol, List<ResponseHead.Field> fields, boolean mayCompress) {
        this.endpoint = endpoint;
        this.subprotocol = subprotocol;
        this.fields = fields;
        this.mayCompress = mayCompress;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return subprotocol;
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return mayCompress ? super.getNegotiatedExtensions(installed, requested) : List.of();
    }

    @Override
    public boolean checkOrigin(String origin) {
        return true; // forwarded, and judged by the backend or before (WS-16)
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, List<String>> headers = response.getHeaders();
        for (ResponseHead.Field field : fields) {
            headers.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field.value());
        }
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(endpoint);
    }
}
