namespace MfaPlan.State.Tests.Stores;

public sealed class FolderKeyContractTests : KeyContract
{
    protected override Task<IStorePlace> NewAsync() => Task.FromResult<IStorePlace>(new FolderPlace());
}
