namespace MfaPlan.State.Tests.Stores;

public sealed class FolderContractTests : StoreContract
{
    protected override Task<IStorePlace> NewAsync() => Task.FromResult<IStorePlace>(new FolderPlace());
}
