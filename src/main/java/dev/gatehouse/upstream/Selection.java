package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendHttpSettings;
import java.util.List;
import java.util.Optional;

/**
 * The members that one target leads to, and whose turn it is (step 10): a plain {@link UpstreamPool}, or a
 * {@link Distribution} over several. Thread-safe; choosing takes no lock.
 */
public interface Selection {
    /**
     * The member that is to take a request (REQ-34, REQ-36).
     *
     * @param client address of the client
     * @return empty if none may take traffic (REQ-38, WS-4)
     */
    Optional<Upstream> select(String client);

    /**
     * A member for another try (REQ-38).
     *
     * @param client address of the client
     * @param tried members that failed
     * @return one that was not tried; empty if there is none
     */
    Optional<Upstream> selectOther(String client, List<Upstream> tried);

    /**
     * Whether a member that a client is bound to may still serve it: one that takes traffic, or that is draining
     * (REQ-35, REQ-44).
     *
     * @param member any member
     * @return false if the client must be sent elsewhere
     */
    boolean mayServe(Upstream member);

    /**
     * Whether a client finds its member again without saying which.
     *
     * @return true where the client's address decides (REQ-36)
     */
    boolean isSticky();

    /**
     * How clients are bound to members by cookies (REQ-35).
     *
     * @return empty if the settings do not ask for it
     */
    Optional<Affinity> affinity();

    /**
     * How the members are spoken to.
     *
     * @return the same for all
     */
    BackendHttpSettings settings();

    /**
     * Connections to the members.
     *
     * @return shared by all pools with these settings
     */
    BackendClient client();
}
